import type { Feature } from "@/host";

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
  ],
};
