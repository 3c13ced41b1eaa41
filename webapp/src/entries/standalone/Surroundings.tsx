import { type ReactNode, useEffect, useLayoutEffect, useMemo } from "react";
import { RouterProvider as AriaRouter } from "react-aria-components";
import { useBlocker, useLocation, useNavigate } from "react-router";
import { navigate, navigatorStore } from "@/host";
import { MarkdownContext } from "@/ui";
import { useMarkdownSurroundings } from "@/workspace";

/** Our own page as the host: gives the host's navigation to the router, and what Markdown needs to the chat. */
export function Surroundings({ children }: { children: ReactNode }) {
  const go = useNavigate();
  const location = useLocation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      navigatorStore.getState().guard !== null && currentLocation.pathname !== nextLocation.pathname,
  );
  const markdown = useMarkdownSurroundings();

  useLayoutEffect(() => {
    navigatorStore.setState({ go: (to, { replace }) => void go(to, { replace }) });
  }, [go]);
  useLayoutEffect(() => {
    navigatorStore.setState({ address: { path: location.pathname, search: location.search } });
  }, [location]);
  useEffect(() => {
    // It stays blocked until somebody leaves; the next try to leave asks anew.
    if (blocker.state === "blocked") navigatorStore.getState().guard?.(() => blocker.proceed());
  }, [blocker]);

  const aria = useMemo(() => (to: string) => navigate(to), []);
  return (
    <AriaRouter navigate={aria}>
      <MarkdownContext value={markdown}>{children}</MarkdownContext>
    </AriaRouter>
  );
}
