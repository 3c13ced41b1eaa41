import { useCallback, useEffect, useMemo } from "react";
import { create } from "zustand";

interface Address {
  path: string;
  search: string;
}

interface Navigator {
  /** What is drawn; of an address that has just been changed that comes a moment later. */
  address: Address;
  /** Where one is already. */
  now: () => Address;
  go: (to: string, how: { replace: boolean }) => void;
  /** Asks before a page with unsaved changes is left; null when there is nothing to lose. */
  guard: ((leave: () => void) => void) | null;
  /** Whether it is for us to lead to the sign-in page when nobody is signed in any more. */
  leadsToSignIn: boolean;
  /** Whether channels are part of this page, so that what a command opens there is seen. */
  hasChat: boolean;
}

/** Written by the entry: the surroundings own the address. */
export const navigatorStore = create<Navigator>(() => ({
  address: ofWindow(),
  now: ofWindow,
  go: (to) => window.location.assign(to),
  guard: null,
  leadsToSignIn: true,
  hasChat: true,
}));

/** Go to an address of the product, such as one of `paths`; `isSaved` says that there is nothing to lose any more. */
export function navigate(to: string, { replace = false, isSaved = false } = {}): void {
  if (isSaved) navigatorStore.setState({ guard: null });
  navigatorStore.getState().go(to, { replace });
}

const BACKSTAGE = "com.mattermost.plugin-incident-management";

/** Every address of the product. */
export const paths = {
  home: "/",
  signIn: "/login",
  twoFactor: "/mfa/setup",
  selectTeam: "/select_team",
  channel: (team: string, channel: string) => `/${team}/channels/${channel}`,
  message: (team: string, username: string) => `/${team}/messages/@${username}`,
  group: (team: string, channel: string) => `/${team}/messages/${channel}`,
  post: (team: string, post: string) => `/${team}/pl/${post}`,
  playbooks: (team: string) => `/${team}/${BACKSTAGE}/playbooks`,
  playbook: (team: string, id: string) => `/${team}/${BACKSTAGE}/playbooks/${id}`,
  newPlaybook: (team: string, template?: string) =>
    `/${team}/${BACKSTAGE}/playbooks/new${template ? `?template_title=${encodeURIComponent(template)}` : ""}`,
  incidents: (team: string) => `/${team}/${BACKSTAGE}/incidents`,
  incident: (team: string, id: string) => `/${team}/${BACKSTAGE}/incidents/${id}`,
  dashboard: (team: string) => `/${team}/${BACKSTAGE}/dashboard`,
  rehearse: (team: string, kind: string, id: string) => `/${team}/${BACKSTAGE}/rehearse/${kind}/${id}`,
  /** As a pattern: `error?type=...`, and all that is nothing else. */
  incidentsElsewhere: (team: string) => `/${team}/${BACKSTAGE}/*`,
};

function ofWindow(): Address {
  return { path: window.location.pathname, search: window.location.search };
}

/** Where one is: who changes a part of the address begins with it, not with what is drawn. */
export function addressNow(): Address {
  return navigatorStore.getState().now();
}

export function useAddress(): Address {
  return navigatorStore((state) => state.address);
}

/** Whether a path is the one that is shown: who asks is drawn again only when that changes. */
export function useIsHere(path: string): boolean {
  return navigatorStore((state) => state.address.path === path);
}

/** A value kept in the address (`?status=Ended`); "" when absent. Setting it replaces the address. */
export function useSearchParam(name: string): [string, (value: string) => void] {
  const { search } = useAddress();
  const value = useMemo(() => new URLSearchParams(search).get(name) ?? "", [search, name]);
  const set = useCallback(
    (next: string) => {
      const now = addressNow();
      const params = new URLSearchParams(now.search);
      if (next === "") params.delete(name);
      else params.set(name, next);
      const query = params.toString();
      navigate(query === "" ? now.path : `${now.path}?${query}`, { replace: true });
    },
    [name],
  );
  return [value, set];
}

/**
 * While `ask` is given, leaving the page calls it; it may call what it is given to leave after all.
 * Closing the window or loading anew is asked about by the browser.
 */
export function useLeaveGuard(ask: ((leave: () => void) => void) | null): void {
  useEffect(() => {
    navigatorStore.setState({ guard: ask });
    return () => navigatorStore.setState({ guard: null });
  }, [ask]);
  const isGuarded = ask !== null;
  useEffect(() => {
    if (!isGuarded) return;
    const keep = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", keep);
    return () => window.removeEventListener("beforeunload", keep);
  }, [isGuarded]);
}
