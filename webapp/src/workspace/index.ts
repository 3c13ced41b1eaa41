import { lazy } from "react";
import type { Feature } from "@/host";
import { notifyOnDesktop } from "./notify/desktop";
import {
  MembersTitle,
  MentionsTitle,
  PinnedTitle,
  SavedTitle,
  SearchTitle,
  ThreadTitle,
} from "./panels/titles";

export { useMarkdownSurroundings } from "./markdown";
export { TeamFrame } from "./shell/TeamFrame";

/** The chat. */
export const workspace: Feature = {
  pages: [
    {
      path: "/:team/channels/:name",
      frame: "team",
      load: async () => ({ default: (await import("./channel/ChannelPage")).NamedChannelPage }),
    },
    {
      path: "/:team/messages/:name",
      frame: "team",
      load: async () => ({ default: (await import("./channel/ChannelPage")).MessagesPage }),
    },
    { path: "/:team/pl/:post", frame: "team", load: () => import("./channel/PermalinkPage") },
  ],
  panels: [
    { id: "thread", Title: ThreadTitle, Body: lazy(() => import("./threads/ThreadPanel")) },
    { id: "members", Title: MembersTitle, Body: lazy(() => import("./panels/MembersPanel")) },
    { id: "pinned", Title: PinnedTitle, Body: lazy(() => import("./panels/PinnedPanel")) },
    { id: "saved", Title: SavedTitle, Body: lazy(() => import("./panels/SavedPanel")) },
    { id: "mentions", Title: MentionsTitle, Body: lazy(() => import("./panels/MentionsPanel")) },
    { id: "search", Title: SearchTitle, Body: lazy(() => import("./search/SearchPanel")) },
  ],
  start: notifyOnDesktop,
};
