import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { messageOf, outboxStore, threadQuery } from "@/api";
import { useTeam } from "@/host";
import { EmptyState, ErrorState, Spinner } from "@/ui";
import { useShownChannel } from "../channel/shown";
import { Composer } from "../composer/Composer";
import { PendingPost } from "../posts/PendingPost";
import { PostItem } from "../posts/PostItem";
import { useWorkspaceText } from "../text";
import styles from "./ThreadPanel.module.css";

interface ThreadProps {
  params: Readonly<Record<string, string>>;
}

/** A post and the replies to it, with a box to reply. */
export default function ThreadPanel({ params }: ThreadProps) {
  const text = useWorkspaceText();
  const root = params.root ?? "";
  const { data: thread, error, refetch } = useQuery(threadQuery(root));
  const pending = outboxStore((state) => state.posts);
  const waiting = pending.filter((post) => post.rootId === root);
  const end = useRef<HTMLDivElement>(null);
  const count = (thread?.posts.length ?? 0) + waiting.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "end" });
  }, [count]);

  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!thread) return <Spinner label={text("loading")} />;
  const [first, ...replies] = thread.posts;
  if (!first) return <EmptyState title={text("threadGone")} />;
  return (
    <div className={styles.thread} data-takes-files>
      <div className={styles.posts} role="log" aria-label={text("thread")}>
        <PostItem post={first} before={undefined} isInThread />
        <p className={styles.count}>{text("replies", { count: replies.length })}</p>
        {replies.map((post, at) => (
          <PostItem key={post.id} post={post} before={at === 0 ? first : replies[at - 1]} isInThread />
        ))}
        {waiting.map((post) => (
          <PendingPost key={post.id} post={post} />
        ))}
        <div ref={end} />
      </div>
      <ReplyBox channelId={first.channel_id} rootId={root} />
    </div>
  );
}

function ReplyBox({ channelId, rootId }: { channelId: string; rootId: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const channel = useShownChannel(team.id, channelId);
  return channel ? (
    <Composer channelId={channelId} rootId={rootId} label={text("replyIn", { name: channel.name })} />
  ) : null;
}
