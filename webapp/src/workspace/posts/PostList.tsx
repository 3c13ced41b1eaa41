import { useQuery } from "@tanstack/react-query";
import { Virtuoso } from "react-virtuoso";
import { loadNewer, loadOlder, messageOf, postsQuery } from "@/api";
import { ErrorState, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import { PostItem } from "./PostItem";
import styles from "./PostList.module.css";

/** Places count from here, so that older posts can be put before the first without moving what is shown. */
const FIRST_PLACE = 10_000_000;

export function PostList({ channelId }: { channelId: string }) {
  const text = useWorkspaceText();
  const { data: window, error, refetch } = useQuery(postsQuery(channelId));
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!window) return <Spinner label={text("loading")} />;
  const first = FIRST_PLACE - window.prepended;
  return (
    <Virtuoso
      className={styles.list}
      role="log"
      aria-label={text("posts")}
      tabIndex={0}
      data={window.posts}
      firstItemIndex={first}
      initialTopMostItemIndex={{ index: "LAST", align: "end" }}
      alignToBottom
      increaseViewportBy={400}
      computeItemKey={(_, post) => post.id}
      startReached={() => void loadOlder(channelId)}
      endReached={() => void loadNewer(channelId)}
      followOutput={(isAtBottom) => (isAtBottom && !window.hasNewer ? "auto" : false)}
      itemContent={(place, post) => <PostItem post={post} before={window.posts[place - first - 1]} />}
    />
  );
}
