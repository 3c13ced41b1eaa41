import { lazy } from "react";
import type { Feature } from "@/host";
import { ThreadTitle } from "./threads/ThreadTitle";

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
  panels: [{ id: "thread", Title: ThreadTitle, Body: lazy(() => import("./threads/ThreadPanel")) }],
};
