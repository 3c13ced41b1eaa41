import { CircleAlert } from "lucide-react";
import { deliver, discard, nameOf, type Pending, pictureOf, useUser } from "@/api";
import { useMe } from "@/host";
import { Avatar, Button, Markdown, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import own from "./PendingPost.module.css";
import styles from "./PostItem.module.css";

/** A post that the server is not known to have: sending, or waiting to be tried again. */
export function PendingPost({ post }: { post: Pending }) {
  const text = useWorkspaceText();
  const me = useMe();
  const user = useUser(me.id);
  return (
    <article className={styles.post} aria-busy={post.state === "sending"}>
      <div className={styles.columns}>
        <div className={styles.left}>{user && <Avatar src={pictureOf(user)} />}</div>
        <div className={styles.right}>
          <header className={styles.head}>
            <span className={styles.author}>{user ? nameOf(user) : me.username}</span>
            {post.state === "sending" && <Spinner size="s" />}
          </header>
          <div className={own.message}>
            <Markdown>{post.message}</Markdown>
          </div>
          {post.files.map((file) => (
            <p key={file.id}>{file.name}</p>
          ))}
          {post.state === "failed" && (
            <div className={own.failed} role="alert">
              <CircleAlert size={16} aria-hidden="true" />
              <span>{post.reason ?? text("notSent")}</span>
              <Button size="s" onPress={() => void deliver(post)}>
                {text("sendAgain")}
              </Button>
              <Button size="s" onPress={() => discard(post.id)}>
                {text("discard")}
              </Button>
            </div>
          )}
        </div>
      </div>
    </article>
  );
}
