import { createContext, type ReactNode } from "react";

/** What only the surroundings can draw: people, channels, emoji; and how links inside the product are followed. */
export interface MarkdownSurroundings {
  mention: (username: string, written: string) => ReactNode;
  channel: (name: string, written: string) => ReactNode;
  emoji: (name: string, written: string) => ReactNode;
  hashtag: (tag: string) => ReactNode;
  follow: (path: string) => void;
}

export const MarkdownContext = createContext<MarkdownSurroundings>({
  mention: (_, written) => <b>{written}</b>,
  channel: (_, written) => written,
  emoji: (_, written) => written,
  hashtag: (tag) => tag,
  follow: (path) => window.location.assign(path),
});
