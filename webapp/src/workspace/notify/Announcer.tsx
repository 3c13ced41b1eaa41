import type { Post } from "@mattermost/types/posts";
import { useEffect } from "react";
import { onParsed } from "@/api";
import { placeStore } from "@/host";
import { announcePolitely } from "@/ui";
import { useWorkspaceText } from "../text";

/** Tells screen readers what others change in the channel that is shown; new posts the list of posts tells by itself. */
export function Announcer() {
  const text = useWorkspaceText();
  useEffect(() => {
    const isHeard = (post: Post) => {
      const { me, channel } = placeStore.getState();
      return post.channel_id === channel?.id && post.user_id !== me?.id;
    };
    const ends = [
      onParsed<Post>("post_edited", "post", (post) => {
        if (isHeard(post) && post.edit_at > 0) announcePolitely(text("heardEdit"));
      }),
      onParsed<Post>("post_deleted", "post", (post) => {
        if (isHeard(post)) announcePolitely(text("heardDelete"));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [text]);
  return null;
}
