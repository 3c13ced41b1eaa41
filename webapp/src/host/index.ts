/** The only seam that knows the surroundings: our own page, or a Mattermost that we are a plugin of. */
export { Link } from "./Link";
export {
  addressNow,
  navigate,
  navigatorStore,
  paths,
  useAddress,
  useIsHere,
  useLeaveGuard,
  useSearchParam,
} from "./navigation";
export { closePanel, openPanel, panelStore, togglePanel, useOpenPanelId } from "./panel";
export { type ChannelPlace, type Me, placeStore, type TeamPlace, useChannel, useMe, useTeam } from "./place";
export * from "./registry";
export { useIsNarrow } from "./screen";
export { SITE, SITE_PATH } from "./site";
export {
  type Connection,
  connectionStore,
  type LiveEvent,
  onGap,
  onLive,
  sendLive,
  socketFeed,
  useConnection,
} from "./socket";
export { applyTheme, chooseTheme, THEMES, type Theme, useTheme } from "./theme";
export { expectTrigger, isExpected, onExpected } from "./triggers";
