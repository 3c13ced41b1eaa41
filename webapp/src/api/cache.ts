import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryCache,
  QueryClient,
  type QueryFilters,
  type QueryKey,
} from "@tanstack/react-query";
import { navigate, navigatorStore, pages, paths } from "@/host";
import { ruleOf, statusOf } from "./client";
import { keys } from "./keys";

declare module "@tanstack/react-query" {
  interface Register {
    /** `catchUp` brings up to date what is too much to be asked for anew. */
    queryMeta: { catchUp?: () => Promise<void> };
  }
}

const RETRIES = 2;

/** Those whose answer is still on its way, and may be from before what was heard meanwhile. */
const overtaken = new WeakSet<Query>();
const askedAgainAt = new WeakMap<Query, number>();
/** However much is heard, the same is not asked again all the time. */
const SELDOM_MS = 2_000;

/** Asks again, once it is there, for an answer that was on its way when it became invalid. */
class Cache extends QueryClient {
  override invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    this.overtake(filters as QueryFilters);
    return super.invalidateQueries(filters, options);
  }

  overtake(filters?: QueryFilters): void {
    for (const query of this.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" })) {
      overtaken.add(query);
    }
  }
}

/** All that the server told us. Live events write to it, under the keys of `keys`. */
export const cache = new Cache({
  queryCache: new QueryCache({
    onError: (error) => {
      if (ruleOf(error) === "api.context.mfa_required.app_error")
        navigate(paths.twoFactor, { replace: true });
      else if (statusOf(error) === 401) sessionEnded();
    },
  }),
  defaultOptions: {
    queries: {
      // Live events keep what is shown true; after a gap it is asked for again.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => {
        const status = statusOf(error);
        return failures < RETRIES && (status === 0 || status >= 500);
      },
    },
    mutations: { networkMode: "always" },
  },
});

/** Change what is known under a key, as an event tells it; nothing happens where nothing is known yet. */
export function changeKnown<Known>(filters: QueryFilters, change: (known: Known) => Known): void {
  cache.overtake(filters);
  cache.setQueriesData<Known>(filters, (known) => known && change(known));
}

cache.getQueryCache().subscribe((event) => {
  if (event.type !== "updated") return;
  const { query, action } = event;
  if (action.type === "fetch") overtaken.delete(query);
  else if (action.type === "success" && action.manual) {
    if (query.state.fetchStatus === "fetching") overtaken.add(query);
  } else if (action.type === "success" && overtaken.delete(query)) askAgain(query);
});

function askAgain(query: Query): void {
  const now = Date.now();
  const at = Math.max(now, (askedAgainAt.get(query) ?? 0) + SELDOM_MS);
  askedAgainAt.set(query, at);
  setTimeout(() => {
    if (query.meta?.catchUp) void query.meta.catchUp();
    else void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }, at - now);
}

/** Nobody is signed in any more: lead to the sign-in page, and back here afterwards. */
export function sessionEnded(): void {
  if (!navigatorStore.getState().leadsToSignIn) return;
  // A refusal may come late: whoever has begun to fill in a page that is for everyone stays there.
  const { pathname, search } = window.location;
  if (pages().some(({ frame, path }) => frame === "public" && path === pathname)) return;
  const here = pathname + search;
  cache.removeQueries({ queryKey: keys.me });
  navigate(`${paths.signIn}?redirect_to=${encodeURIComponent(here)}`, { replace: true });
}
