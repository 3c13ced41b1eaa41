import type { Post } from "@mattermost/types/posts";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Virtuoso, type VirtuosoHandle } from "react-virtuoso";
import { loadLatest, loadNewer, loadOlder, messageOf, outboxStore, type PostWindow, postsQuery } from "@/api";
import { useMe } from "@/host";
import { Button, ErrorState, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import { ChannelStart } from "./ChannelStart";
import { PendingPost } from "./PendingPost";
import { PostItem } from "./PostItem";
import styles from "./PostList.module.css";
import { useViewing } from "./viewing";

/** Places count from here, so that older posts can be put before the first without moving what is shown. */
const FIRST_PLACE = 10_000_000;

interface PostListProps {
  channelId: string;
  /** When the channel was last read before it was opened: the line of new messages stands after it. */
  lastViewedAt: number;
  /** The post to show, from a link. */
  focusId: string;
}

export function PostList({ channelId, lastViewedAt, focusId }: PostListProps) {
  const text = useWorkspaceText();
  const { data: window, error, refetch } = useQuery(postsQuery(channelId));
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!window) return <Spinner label={text("loading")} />;
  const isFocusThere = focusId === "" || window.posts.some((post) => post.id === focusId);
  return (
    <Stretch
      key={`${window.stretch} ${isFocusThere ? focusId : ""}`}
      channelId={channelId}
      window={window}
      lastViewedAt={lastViewedAt}
      focusId={isFocusThere ? focusId : ""}
    />
  );
}

function Stretch({ channelId, window, lastViewedAt, focusId }: PostListProps & { window: PostWindow }) {
  const text = useWorkspaceText();
  const me = useMe();
  const list = useRef<VirtuosoHandle>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const staysAtEnd = useRef(false);
  const [firstNewId] = useState(() => firstNew(window.posts, lastViewedAt, me.id));
  const posts = window.posts;
  const first = FIRST_PLACE - window.prepended;
  useViewing(channelId, posts.at(-1)?.id ?? "");
  useEscapeToEnd(() => jump());

  const jump = () => {
    if (window.hasNewer) void loadLatest(channelId);
    else list.current?.scrollToIndex({ index: "LAST", align: "end" });
  };
  // What grows while it loads must not push the end away; whoever scrolls goes where they want.
  const leave = () => {
    staysAtEnd.current = false;
  };
  const begin = posts.findIndex((post) => post.id === (focusId || firstNewId));
  return (
    <div
      className={styles.frame}
      onWheelCapture={leave}
      onTouchMoveCapture={leave}
      onPointerDownCapture={leave}
      onKeyDownCapture={leave}
    >
      <Virtuoso<Post, Around>
        ref={list}
        className={styles.list}
        role="log"
        aria-label={text("posts")}
        data={posts}
        context={{ channelId, hasOlder: window.hasOlder }}
        firstItemIndex={first}
        initialTopMostItemIndex={
          begin > 0
            ? { index: begin, align: focusId ? "center" : "start", offset: -80 }
            : { index: "LAST", align: "end" }
        }
        alignToBottom
        atBottomThreshold={60}
        increaseViewportBy={{ top: 600, bottom: 300 }}
        defaultItemHeight={52}
        computeItemKey={(_, post) => post.id}
        components={COMPONENTS}
        startReached={() => void loadOlder(channelId)}
        endReached={() => void loadNewer(channelId)}
        atBottomStateChange={(isThere) => {
          setIsAtEnd(isThere);
          if (isThere) staysAtEnd.current = true;
        }}
        totalListHeightChanged={() => {
          if (staysAtEnd.current) list.current?.scrollToIndex({ index: "LAST", align: "end" });
        }}
        followOutput={(isAtBottom) => (isAtBottom && !window.hasNewer ? "auto" : false)}
        itemContent={(place, post) => (
          <PostItem
            post={post}
            before={posts[place - first - 1]}
            isFirstNew={post.id === firstNewId}
            isFocused={post.id === focusId}
          />
        )}
      />
      {(!isAtEnd || window.hasNewer) && (
        <div className={styles.jump}>
          <Button size="s" icon={<ArrowDown size={14} />} onPress={jump}>
            {text("jumpToLatest")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface Around {
  channelId: string;
  hasOlder: boolean;
}

const COMPONENTS = {
  Header: ({ context }: { context?: Around }) =>
    context?.hasOlder ? <Spinner /> : <ChannelStart channelId={context?.channelId ?? ""} />,
  Footer: ({ context }: { context?: Around }) => <OnTheirWay channelId={context?.channelId ?? ""} />,
};

/** What was written and is not known to be with the server yet. */
function OnTheirWay({ channelId }: { channelId: string }) {
  const all = outboxStore((state) => state.posts);
  return (
    <div className={styles.end}>
      {all
        .filter((post) => post.channelId === channelId && post.rootId === "")
        .map((post) => (
          <PendingPost key={post.id} post={post} />
        ))}
    </div>
  );
}

function firstNew(posts: readonly Post[], lastViewedAt: number, me: string): string {
  if (lastViewedAt === 0) return "";
  return posts.find((post) => post.create_at > lastViewedAt && post.user_id !== me)?.id ?? "";
}

/** Escape, when nothing else takes it, leads to the end of the talk. */
function useEscapeToEnd(jump: () => void): void {
  const latest = useRef(jump);
  latest.current = jump;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && document.activeElement === document.body)
        latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
