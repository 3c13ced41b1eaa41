import type { Post } from "@mattermost/types/posts";
import { useIsIn } from "@/api";
import { closePanel, Link, paths, useIsNarrow, useTeam } from "@/host";
import { useShownChannel } from "../channel/shown";
import { PostItem } from "../posts/PostItem";
import { useWorkspaceText } from "../text";
import styles from "./FoundPosts.module.css";

/** Posts out of their talk: each with its channel and the way to it. */
export function FoundPosts({ posts, label }: { posts: readonly Post[]; label: string }) {
  return (
    <div className={styles.list} role="log" aria-label={label} aria-live="off">
      {posts.map((post) => (
        <FoundPost key={post.id} post={post} />
      ))}
    </div>
  );
}

function FoundPost({ post }: { post: Post }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  const channel = useShownChannel(team.id, post.channel_id);
  const isHere = useIsIn(team.id, post.channel_id) ?? false;
  return (
    <div className={styles.found}>
      <div className={styles.where}>
        <span className={styles.channel}>{channel?.name ?? text("elsewhere")}</span>
        {isHere && (
          <Link href={paths.post(team.name, post.id)} onClick={isNarrow ? closePanel : undefined}>
            {text("jump")}
          </Link>
        )}
      </div>
      <PostItem post={post} before={undefined} />
    </div>
  );
}
