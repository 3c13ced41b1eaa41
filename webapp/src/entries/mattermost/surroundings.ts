import type { Channel } from "@mattermost/types/channels";
import type { Team } from "@mattermost/types/teams";
import type { UserProfile } from "@mattermost/types/users";

/** Our id there. */
export const PLUGIN = "commandpost";

/** What our addresses and events bear: the id of the original plugin, which Mattermost does not let us keep. */
export const ADDRESS = "com.mattermost.plugin-incident-management";

/** The part of Mattermost's state that we look at, as all versions since 5.31 have it. */
export interface HostState {
  entities: {
    users: { currentUserId: string; profiles: Record<string, UserProfile | undefined> };
    teams: { currentTeamId: string; teams: Record<string, Team | undefined> };
    channels: { currentChannelId: string; channels: Record<string, Channel | undefined> };
    preferences: { myPreferences: Record<string, { value: string } | undefined> };
  };
  views: { rhs: { isSidebarOpen: boolean; pluggableId?: string } };
}

/** Mattermost's Redux store; actions may be functions. */
export interface HostStore {
  getState: () => HostState;
  dispatch: (action: unknown) => unknown;
  subscribe: (listener: () => void) => () => void;
}

/** Something to draw for Mattermost's own React, of whichever version. */
export type HostElement = { readonly hostElement: unique symbol };
export type HostComponent = (props: { theme?: HostTheme }) => HostElement;

export interface HostReact {
  createElement: (type: string | HostComponent, props?: object | null, ...children: unknown[]) => HostElement;
  useRef: <Value>(start: Value) => { current: Value };
  useLayoutEffect: (effect: () => () => void, watched: readonly unknown[]) => void;
  useEffect: (effect: () => void, watched: readonly unknown[]) => void;
}

/** Colours by Mattermost's own names, as a theme in its preferences has them. */
export type HostTheme = Readonly<Record<string, string | undefined>>;

interface CommandPlace {
  channel_id: string;
  root_id?: string;
}

type CommandHook = (
  message: string,
  place: CommandPlace,
) => { message?: string; args?: CommandPlace } | Promise<{ message?: string; args?: CommandPlace }>;

/** Mattermost's plugin registry: what a version lacks is left out there. */
export type HostRegistry = Partial<{
  registerRightHandSidebarComponent: (component: HostComponent, title: HostElement) => HostPanel;
  registerChannelHeaderButtonAction: (
    icon: HostElement,
    action: () => void,
    dropdownText: string,
    tooltipText: string,
  ) => string;
  registerMainMenuAction: (text: string, action: () => void, mobileIcon: HostElement) => string;
  registerPostDropdownMenuAction: (
    text: string,
    action: (postId: string) => void,
    filter?: (postId: string) => boolean,
  ) => string;
  registerSlashCommandWillBePostedHook: (hook: CommandHook) => string;
  registerNeedsTeamRoute: (route: string, component: HostComponent) => string;
  registerWebSocketEventHandler: (kind: string, handler: (event: unknown) => void) => void;
  unregisterWebSocketEventHandler: (kind: string) => void;
  registerReconnectHandler: (handler: () => void) => void;
  unregisterReconnectHandler: () => void;
  unregisterComponent: (id: string) => void;
}>;

/** The right-hand side that was registered: actions to dispatch. */
export interface HostPanel {
  id: string;
  showRHSPlugin: unknown;
  hideRHSPlugin?: unknown;
  toggleRHSPlugin?: unknown;
}

export interface HostHistory {
  location: { pathname: string; search: string };
  push: (to: string) => void;
  replace: (to: string) => void;
  listen: (listener: () => void) => () => void;
  block: (ask: (to: { pathname: string; search: string }) => boolean | undefined) => () => void;
}

/** What Mattermost puts on the window for plugins. */
export interface HostWindow {
  React: HostReact;
  WebappUtils?: { browserHistory?: HostHistory };
  registerPlugin: (
    id: string,
    plugin: { initialize: (registry: HostRegistry, store: HostStore) => void; uninitialize: () => void },
  ) => void;
}

export const hostWindow = window as unknown as HostWindow;
