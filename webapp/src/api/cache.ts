import { QueryCache, QueryClient } from "@tanstack/react-query";
import { navigate, navigatorStore, pages, paths } from "@/host";
import { ruleOf, statusOf } from "./client";
import { keys } from "./keys";

const RETRIES = 2;

/** All that the server told us. Live events write to it, under the keys of `keys`. */
export const cache = new QueryClient({
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
