import type { ComponentType, LazyExoticComponent } from "react";
import { create } from "zustand";

/** A component that may be fetched when it is first shown: `lazy(() => import("./Panel"))`. */
export type Loaded<Props> = ComponentType<Props> | LazyExoticComponent<ComponentType<Props>>;

export interface PageProps {
  /** The parts of the path that begin with a colon. */
  params: Readonly<Record<string, string>>;
}

export interface Page {
  /** As react-router writes it: "/:team/things/:id". */
  path: string;
  /**
   * team: beside the sidebar, in place of the channel, with `useTeam`; the path begins with "/:team".
   * person: the whole screen, for whoever is signed in. public: the whole screen, for everyone.
   */
  frame: "team" | "person" | "public";
  load: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** Something in the header of every channel. Draws an IconButton of its own, or nothing. */
export interface ChannelHeaderButton {
  id: string;
  Button: ComponentType<{ channelId: string }>;
}

/** A view at the right-hand side, opened by `openPanel(id, params)`. */
export interface Panel {
  id: string;
  /** What stands in the panel's head, before its buttons to widen and close. */
  Title: ComponentType<{ params: Readonly<Record<string, string>> }>;
  Body: Loaded<{ params: Readonly<Record<string, string>> }>;
}

/** An entry in the "..." menu of a post. */
export interface PostMenuEntry {
  id: string;
  icon: React.ReactNode;
  useText: () => string;
  /** Posts it stands at; system messages are never asked about. */
  isFor?: (post: { id: string; channel_id: string; user_id: string }) => boolean;
  onAction: (postId: string) => void;
}

/** An entry in the team's main menu. */
export interface MainMenuEntry {
  id: string;
  icon: React.ReactNode;
  useText: () => string;
  /** Whether it is shown; for entries of administrators. */
  useIsShown?: () => boolean;
  onAction: () => void;
}

/** Sees each slash command before it is sent, and may change it or take it over (null: nothing is sent). */
export type CommandHook = (command: string, where: { channelId: string; rootId: string }) => string | null;

/**
 * What a feature adds to the product: each list is a place that Mattermost's plugin registry offers as well.
 */
export interface Feature {
  pages?: readonly Page[];
  channelHeaderButtons?: readonly ChannelHeaderButton[];
  panels?: readonly Panel[];
  postMenuEntries?: readonly PostMenuEntry[];
  mainMenuEntries?: readonly MainMenuEntry[];
  commandHooks?: readonly CommandHook[];
  /** Drawn once for whoever is signed in, and mostly empty: dialogs that events open. */
  roots?: readonly Loaded<object>[];
  /** Called once when somebody is signed in: subscribes to live events. Gives what ends it. */
  start?: () => () => void;
}

interface Registry {
  features: readonly Feature[];
}

const registry = create<Registry>(() => ({ features: [] }));

/** Add features; the entry does, once. */
export function register(...features: Feature[]): void {
  registry.setState((before) => ({ features: [...before.features, ...features] }));
}

export function contributed<Kind extends keyof Feature>(kind: Kind): NonNullable<Feature[Kind]>[] {
  return registry
    .getState()
    .features.map((feature) => feature[kind])
    .filter((part) => part !== undefined);
}

/** Every page, of all features. */
export const pages = () => contributed("pages").flat();
export const channelHeaderButtons = () => contributed("channelHeaderButtons").flat();
export const panels = () => contributed("panels").flat();
export const postMenuEntries = () => contributed("postMenuEntries").flat();
export const mainMenuEntries = () => contributed("mainMenuEntries").flat();
export const commandHooks = () => contributed("commandHooks").flat();
export const roots = () => contributed("roots").flat();
export const starts = () => contributed("start");
