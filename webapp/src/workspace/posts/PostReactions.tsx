import type { Post } from "@mattermost/types/posts";
import { Button } from "react-aria-components";
import { byEmoji, messageOf, nameOf, react, useUser } from "@/api";
import { useMe } from "@/host";
import { Tooltip, toast } from "@/ui";
import { EmojiPicker } from "../emoji/EmojiPicker";
import { EmojiSign } from "../emoji/EmojiSign";
import { useWorkspaceText } from "../text";
import styles from "./PostReactions.module.css";

export function PostReactions({ post }: { post: Post }) {
  const text = useWorkspaceText();
  const me = useMe();
  const reactions = post.metadata?.reactions ?? [];
  if (reactions.length === 0) return null;
  return (
    <div className={styles.reactions}>
      {byEmoji(reactions).map(({ emoji, users }) => (
        <Reactions key={emoji} post={post} emoji={emoji} users={users} />
      ))}
      <EmojiPicker
        size="s"
        label={text("addReaction")}
        onPick={(name) => void react(post, me.id, name, true).catch(told)}
      />
    </div>
  );
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

function Reactions({ post, emoji, users }: { post: Post; emoji: string; users: readonly string[] }) {
  const text = useWorkspaceText();
  const me = useMe();
  const first = useUser(users[0] ?? "");
  const second = useUser(users[1] ?? "");
  const isMine = users.includes(me.id);
  const names = [first, second].filter((user) => user != null).map(nameOf);
  const who = text("reactedWith", { names: names.join(", "), more: users.length - names.length, emoji });
  return (
    <Tooltip text={who}>
      <Button
        className={styles.reaction}
        aria-pressed={isMine}
        onPress={() => void react(post, me.id, emoji, !isMine).catch(told)}
        aria-label={who}
      >
        <EmojiSign name={emoji} />
        <span className={styles.count}>{users.length}</span>
      </Button>
    </Tooltip>
  );
}
