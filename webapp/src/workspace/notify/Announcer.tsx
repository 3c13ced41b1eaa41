import type { Post } from "@mattermost/types/posts";
import { useEffect } from "react";
import { onParsed } from "@/api";
import { placeStore } from "@/host";
import { announcePolitely } from "@/ui";
import { isSystem } from "../posts/kinds";
import { useWorkspaceText } from "../text";

const GATHER_MS = 500;
const MOST_AT_ONCE = 3;
const LONGEST = 200;

/** Tells screen readers what others do in the channel that is shown; of many posts at once only how many. */
export function Announcer() {
  const text = useWorkspaceText();
  useEffect(() => {
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const told = waiting;
      waiting = [];
      if (told.length > MOST_AT_ONCE) announcePolitely(text("heardMany", { count: told.length }));
      else for (const words of told) announcePolitely(words);
    };
    const say = (words: string) => {
      waiting.push(words);
      timer ??= setTimeout(tell, GATHER_MS);
    };
    const isHeard = (post: Post) => {
      const { me, channel } = placeStore.getState();
      return post.channel_id === channel?.id && post.user_id !== me?.id;
    };
    const ends = [
      onParsed<Post>("posted", "post", (post, { data }) => {
        if (!isHeard(post)) return;
        const message = post.message.slice(0, LONGEST);
        const name = String(data.sender_name ?? "").replace(/^@/, "");
        say(isSystem(post) ? message : text(post.root_id ? "heardReply" : "heardPost", { name, message }));
      }),
      onParsed<Post>("post_edited", "post", (post) => {
        if (isHeard(post) && post.edit_at > 0)
          say(text("heardEdit", { message: post.message.slice(0, LONGEST) }));
      }),
      onParsed<Post>("post_deleted", "post", (post) => {
        if (isHeard(post)) say(text("heardDelete"));
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [text]);
  return null;
}
