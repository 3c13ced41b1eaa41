import type { Post } from "@mattermost/types/posts";
import { Bookmark, CornerUpLeft, Info, Pin } from "lucide-react";
import { lazy, memo, Suspense, useState } from "react";
import { loadedPost, nameOf, pictureOf, usePreference, usePresence, useUser } from "@/api";
import { openPanel } from "@/host";
import { Avatar, Badge, Markdown, useTimeText } from "@/ui";
import { NamedChannels } from "../markdown";
import { PersonCard } from "../people/PersonCard";
import { useWorkspaceText } from "../text";
import { EditBox } from "./EditBox";
import { editingStore } from "./editing";
import { goesOn, isEphemeral, isMe, isSystem, namedIn, propText } from "./kinds";
import { PostFiles } from "./PostFiles";
import styles from "./PostItem.module.css";
import { PostReactions } from "./PostReactions";
import { PostToolbar } from "./PostToolbar";

/** Few posts have attachments, and their menus weigh much: they are fetched when the first is shown. */
const Attachments = lazy(() => import("./Attachments"));

interface PostItemProps {
  post: Post;
  /** The post above it. */
  before: Post | undefined;
  isFirstNew?: boolean;
  /** Reached by a link: marked for a moment. */
  isFocused?: boolean;
  /** In a thread's panel, where every post is of the thread. */
  isInThread?: boolean;
}

/** A post, with the lines that stand above it: the day, and where new messages begin. */
export const PostItem = memo(function PostItem({
  post,
  before,
  isFirstNew,
  isFocused,
  isInThread,
}: PostItemProps) {
  const text = useWorkspaceText();
  const time = useTimeText();
  const isNewDay = !before || !time.isSameDay(before.create_at, post.create_at);
  return (
    <>
      {isNewDay && (
        <div className={styles.line}>
          <span>{time.day(post.create_at)}</span>
        </div>
      )}
      {isFirstNew && (
        <div className={styles.line} data-new>
          <span>{text("newMessages")}</span>
        </div>
      )}
      <Row
        post={post}
        goesOn={!isFirstNew && !isNewDay && goesOn(post, before)}
        isFocused={isFocused}
        showsRoot={
          !isInThread &&
          post.root_id !== "" &&
          before?.root_id !== post.root_id &&
          before?.id !== post.root_id
        }
        isInThread={isInThread}
      />
    </>
  );
});

interface RowProps {
  post: Post;
  goesOn: boolean;
  showsRoot: boolean;
  isFocused?: boolean;
  isInThread?: boolean;
}

function Row({ post, goesOn: together, showsRoot, isFocused, isInThread }: RowProps) {
  const [isNear, setIsNear] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const time = useTimeText();
  const isSaved = usePreference("flagged_post", post.id) === "true";
  const showsHead = !together || showsRoot;
  return (
    <article
      className={styles.post}
      data-together={!showsHead || undefined}
      data-system={isSystem(post) || undefined}
      data-focused={isFocused || undefined}
      data-marked={isSaved || post.is_pinned || undefined}
      data-post={post.id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: posts are walked through by arrow keys
      tabIndex={0}
      onMouseEnter={() => setIsNear(true)}
      onMouseLeave={() => setIsNear(false)}
      onFocus={() => setIsNear(true)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setIsNear(false)}
      onKeyDown={walk}
    >
      {showsRoot && <RootLine post={post} />}
      <div className={styles.columns}>
        <div className={styles.left}>
          {showsHead ? (
            <Picture post={post} />
          ) : (
            <time className={styles.sideTime} dateTime={new Date(post.create_at).toISOString()}>
              {time.clock(post.create_at)}
            </time>
          )}
        </div>
        <div className={styles.right}>
          {showsHead && <Head post={post} isSaved={isSaved} />}
          <Content post={post} isInThread={isInThread} />
        </div>
      </div>
      {(isNear || isBusy) && (
        <PostToolbar post={post} isSaved={isSaved} isInThread={isInThread} onBusy={setIsBusy} />
      )}
    </article>
  );
}

/** Up and down lead to the post above or below. */
function walk(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const list = event.currentTarget.closest('[role="log"]');
  const posts = [...(list?.querySelectorAll<HTMLElement>("article[data-post]") ?? [])];
  const next = posts[posts.indexOf(event.currentTarget) + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Picture({ post }: { post: Post }) {
  const author = useUser(post.user_id);
  const presence = usePresence(author && !author.is_bot && !isSystem(post) ? author.id : "");
  if (isSystem(post)) {
    return (
      <span className={styles.systemIcon}>
        <Info size={18} aria-hidden="true" />
      </span>
    );
  }
  return author ? (
    <Avatar src={pictureOf(author)} status={presence} />
  ) : (
    <span className={styles.noPicture} />
  );
}

function Head({ post, isSaved }: { post: Post; isSaved: boolean }) {
  const text = useWorkspaceText();
  const time = useTimeText();
  const author = useUser(post.user_id);
  const override = propText(post, "override_username");
  const isBot = author?.is_bot || propText(post, "from_webhook") === "true";
  return (
    <header className={styles.head}>
      {isSystem(post) ? (
        <span className={styles.author}>{text("system")}</span>
      ) : override !== "" || !author ? (
        <span className={styles.author}>{override || text("someone")}</span>
      ) : (
        <PersonCard user={author} className={styles.author}>
          {nameOf(author)}
        </PersonCard>
      )}
      {isBot && <Badge>{text("bot")}</Badge>}
      <time className={styles.time} dateTime={new Date(post.create_at).toISOString()}>
        {time.clock(post.create_at)}
      </time>
      {isEphemeral(post) && <span className={styles.note}>{text("onlyYou")}</span>}
      {post.is_pinned && (
        <span className={styles.note}>
          <Pin size={12} aria-hidden="true" /> {text("pinned")}
        </span>
      )}
      {isSaved && (
        <span className={styles.note}>
          <Bookmark size={12} aria-hidden="true" /> {text("saved")}
        </span>
      )}
    </header>
  );
}

function Content({ post, isInThread }: { post: Post; isInThread?: boolean }) {
  const text = useWorkspaceText();
  const isEditing = editingStore((state) => state.postId === post.id);
  const replies = post.reply_count ?? 0;
  if (isEditing) return <EditBox post={post} />;
  return (
    <>
      {post.message !== "" && (
        <div className={isMe(post) ? styles.me : undefined}>
          <NamedChannels value={namedIn(post)}>
            <Markdown>{post.message}</Markdown>
          </NamedChannels>
          {post.edit_at > 0 && <span className={styles.edited}>{text("edited")}</span>}
        </div>
      )}
      {post.props.attachments !== undefined && (
        <Suspense fallback={null}>
          <Attachments post={post} />
        </Suspense>
      )}
      <PostFiles post={post} />
      <PostReactions post={post} />
      {!isInThread && post.root_id === "" && replies > 0 && (
        <button
          type="button"
          className={styles.replies}
          onClick={() => openPanel("thread", { root: post.id })}
        >
          <CornerUpLeft size={14} aria-hidden="true" />
          {text("replies", { count: replies })}
        </button>
      )}
    </>
  );
}

/** What a reply in the channel is about. */
function RootLine({ post }: { post: Post }) {
  const text = useWorkspaceText();
  const root = loadedPost(post.channel_id, post.root_id);
  const author = useUser(root?.user_id ?? "");
  return (
    <button type="button" className={styles.root} onClick={() => openPanel("thread", { root: post.root_id })}>
      <CornerUpLeft size={12} aria-hidden="true" />
      <span>
        {text("repliedTo", { name: author ? nameOf(author) : "…" })}{" "}
        <span className={styles.rootText}>{root?.message.slice(0, 120)}</span>
      </span>
    </button>
  );
}
