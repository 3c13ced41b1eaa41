import type { Post } from "@mattermost/types/posts";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { loadLatest, messageOf, outboxStore, type PostWindow, postsQuery } from "@/api";
import { useMe } from "@/host";
import { Banner, Button, ErrorState, Spinner, toast, useUiText } from "@/ui";
import { useWorkspaceText } from "../text";
import { ChannelStart } from "./ChannelStart";
import { PendingPost } from "./PendingPost";
import { PostItem } from "./PostItem";
import styles from "./PostList.module.css";
import { type Growth, useGrowth } from "./useGrowth";
import { useLaidOut } from "./useLaidOut";
import { type Begin, usePlaces } from "./usePlaces";
import { useViewing } from "./viewing";

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
  const [firstNewId] = useState(() => firstNew(window.posts, lastViewedAt, me.id));
  const laidOut = useLaidOut(window.posts, indexOf(window.posts, focusId || firstNewId));
  const { posts, fewer } = laidOut;
  const [begin] = useState(() => beginOf(posts, focusId, firstNewId));
  const places = usePlaces(posts, begin, !window.hasNewer);
  const growth = useGrowth(channelId, places.scroller, laidOut, places.drawn);
  useViewing(channelId, posts.at(-1)?.id ?? "");
  useEffect(() => {
    if (places.isAtEnd) fewer();
  }, [places.isAtEnd, fewer]);

  const jump = () => {
    if (!window.hasNewer) return places.jumpToEnd();
    loadLatest(channelId).catch((failure) =>
      toast({ text: messageOf(failure) ?? text("newerNotLoaded"), tone: "danger" }),
    );
  };
  useEscapeToEnd(jump);
  return (
    <div className={styles.frame}>
      <div
        ref={places.scroller}
        className={styles.list}
        role="log"
        aria-label={text("posts")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard too
        tabIndex={0}
        onScroll={places.onScroll}
      >
        <div ref={places.heading} className={styles.heading}>
          {growth.older ? (
            <NotLoaded failure={growth.older}>{text("olderNotLoaded")}</NotLoaded>
          ) : window.hasOlder || laidOut.left > 0 ? (
            <Spinner />
          ) : (
            <ChannelStart channelId={channelId} />
          )}
        </div>
        <div ref={places.sizer} className={styles.sizer} style={{ blockSize: places.height }}>
          <div className={styles.drawn} style={{ insetBlockStart: places.top }}>
            {places.items.map(({ index, key }) => {
              const post = posts[index];
              return (
                post && (
                  <div
                    key={key}
                    ref={places.measure}
                    data-row={index}
                    data-index={laidOut.left + index}
                    className={styles.place}
                  >
                    <PostItem
                      post={post}
                      before={index > 0 ? posts[index - 1] : laidOut.before}
                      isFirstNew={post.id === firstNewId}
                      isFocused={post.id === focusId}
                    />
                  </div>
                )
              );
            })}
          </div>
        </div>
        <div ref={places.ending} className={styles.end}>
          {growth.newer && <NotLoaded failure={growth.newer}>{text("newerNotLoaded")}</NotLoaded>}
          <OnTheirWay channelId={channelId} />
        </div>
      </div>
      {(!places.isAtEnd || (window.hasNewer && !growth.newer)) && (
        <div className={styles.jump}>
          <Button size="s" icon={<ArrowDown size={14} />} onPress={jump}>
            {text("jumpToLatest")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface NotLoadedProps {
  failure: NonNullable<Growth["older"]>;
  children: string;
}

/** In the place of posts that could not be had: says so, and offers to try again. */
function NotLoaded({ failure, children }: NotLoadedProps) {
  const text = useUiText();
  return (
    <Banner
      tone="danger"
      action={
        <Button size="s" onPress={failure.retry}>
          {text("tryAgain")}
        </Button>
      }
    >
      {children} {failure.reason}
    </Banner>
  );
}

function indexOf(posts: readonly Post[], id: string): number {
  return id === "" ? -1 : posts.findIndex((post) => post.id === id);
}

function beginOf(posts: readonly Post[], focusId: string, firstNewId: string): Begin {
  const index = indexOf(posts, focusId || firstNewId);
  return index > 0 ? { index, align: focusId ? "center" : "start" } : "end";
}

/** What was written and is not known to be with the server yet. */
function OnTheirWay({ channelId }: { channelId: string }) {
  const all = outboxStore((state) => state.posts);
  return (
    <>
      {all
        .filter((post) => post.channelId === channelId && post.rootId === "")
        .map((post) => (
          <PendingPost key={post.id} post={post} />
        ))}
    </>
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
