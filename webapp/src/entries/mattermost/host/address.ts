import { navigatorStore } from "@/host";
import { hostWindow } from "../surroundings";

/** Keep the address as Mattermost has it, go where we are asked to go, and ask before changes are lost. */
export function followAddress(): () => void {
  const history = hostWindow.WebappUtils?.browserHistory;
  if (!history) return () => undefined;
  // Not the window's: Mattermost may live below a path of its own, which its history leaves out.
  const now = () => ({ path: history.location.pathname, search: history.location.search });
  const follow = () => {
    const address = now();
    const { path, search } = navigatorStore.getState().address;
    if (address.path !== path || address.search !== search) navigatorStore.setState({ address });
  };
  navigatorStore.setState({
    now,
    go: (to, { replace }) => (replace ? history.replace(to) : history.push(to)),
  });
  let unblock: (() => void) | null = null;
  const ends = [
    history.listen(follow),
    navigatorStore.subscribe(({ guard }, before) => {
      if (guard === before.guard) return;
      unblock?.();
      unblock = guard && history.block((to) => mayLeave(to, () => history.push(to.pathname + to.search)));
    }),
  ];
  follow();
  return () => {
    for (const end of ends) end();
    unblock?.();
  };
}

/** Whether a page may be left at once; else whoever guards it is asked, and may go there later. */
function mayLeave(to: { pathname: string; search: string }, leave: () => void): boolean | undefined {
  const { guard, address } = navigatorStore.getState();
  if (guard === null || to.pathname === address.path) return undefined;
  guard(() => {
    navigatorStore.setState({ guard: null });
    leave();
  });
  return false;
}
