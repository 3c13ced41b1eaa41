import type { Post } from "@mattermost/types/posts";
import { Ellipsis } from "lucide-react";
import { memo } from "react";
import { nameOf, pictureOf, useUser } from "@/api";
import { type PostMenuEntry, postMenuEntries } from "@/host";
import { Avatar, Badge, IconButton, Markdown, Menu, MenuItem, useTimeText } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./PostItem.module.css";

/** Posts of one author within this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;

interface PostItemProps {
  post: Post;
  before: Post | undefined;
}

export const PostItem = memo(function PostItem({ post, before }: PostItemProps) {
  const time = useTimeText();
  const isNewDay =
    !before || new Date(before.create_at).toDateString() !== new Date(post.create_at).toDateString();
  const isTogether =
    !isNewDay &&
    before.user_id === post.user_id &&
    before.type === post.type &&
    before.root_id === post.root_id &&
    post.create_at - before.create_at < TOGETHER_MS;
  return (
    <>
      {isNewDay && (
        <div className={styles.day}>
          <span>{time.day(post.create_at)}</span>
        </div>
      )}
      <PostBody post={post} isTogether={isTogether} />
    </>
  );
});

function PostBody({ post, isTogether }: { post: Post; isTogether: boolean }) {
  const text = useWorkspaceText();
  const time = useTimeText();
  const author = useUser(post.user_id);
  const isSystem = post.type.startsWith("system_");
  const name = isSystem ? text("system") : author ? nameOf(author) : text("someone");
  return (
    <article
      className={styles.post}
      data-together={isTogether || undefined}
      data-system={isSystem || undefined}
    >
      <div className={styles.left}>
        {isTogether ? (
          <time className={styles.sideTime}>{time.clock(post.create_at)}</time>
        ) : (
          author && <Avatar src={pictureOf(author)} />
        )}
      </div>
      <div className={styles.right}>
        {!isTogether && (
          <header className={styles.head}>
            <span className={styles.author}>{name}</span>
            {author?.is_bot && <Badge>{text("bot")}</Badge>}
            <time className={styles.time}>{time.clock(post.create_at)}</time>
          </header>
        )}
        <Markdown>{post.message}</Markdown>
      </div>
      {!isSystem && postMenuEntries().length > 0 && (
        <div className={styles.deeds}>
          <PostMenu post={post} />
        </div>
      )}
    </article>
  );
}

function PostMenu({ post }: { post: Post }) {
  const text = useWorkspaceText();
  return (
    <Menu
      label={text("postMenu")}
      trigger={<IconButton size="s" label={text("postMenu")} icon={<Ellipsis size={16} />} />}
    >
      {postMenuEntries()
        .filter((entry) => entry.isFor?.(post) ?? true)
        .map((entry) => (
          <ContributedItem key={entry.id} entry={entry} postId={post.id} />
        ))}
    </Menu>
  );
}

function ContributedItem({ entry, postId }: { entry: PostMenuEntry; postId: string }) {
  const words = entry.useText();
  return (
    <MenuItem icon={entry.icon} onAction={() => entry.onAction(postId)}>
      {words}
    </MenuItem>
  );
}
