import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { type Incident, nameOf, pictureOf, postQuery, statusOf, useUser } from "@/api";
import { closePanel, Link, paths, useIsNarrow, useTeam } from "@/host";
import { Avatar, Button, Markdown, Spinner, useTimeText } from "@/ui";
import { useIncidentCommand } from "../deeds";
import { latestStatusPost } from "../progress";
import { useIncidentPanelText } from "../text";
import details from "./Details.module.css";
import styles from "./RecentUpdate.module.css";

/** What was last said about an incident; edited and deleted live. */
export function RecentUpdate({ incident, mayAct }: { incident: Incident; mayAct: boolean }) {
  const text = useIncidentPanelText();
  const latest = latestStatusPost(incident);
  return (
    <section className={styles.block} aria-label={text("recentUpdate")}>
      <h2 className={details.label}>{text("recentUpdate")}</h2>
      {latest ? (
        <Update id={latest.id} at={latest.create_at} />
      ) : (
        <None incident={incident} mayAct={mayAct} />
      )}
    </section>
  );
}

function None({ incident, mayAct }: { incident: Incident; mayAct: boolean }) {
  const text = useIncidentPanelText();
  const command = useIncidentCommand(incident);
  return (
    <p className={styles.none}>
      {text("noUpdates")}{" "}
      {mayAct && (
        <>
          <button type="button" className={styles.link} onClick={() => command.mutate("/incident update")}>
            {text("clickHere")}
          </button>{" "}
          {text("toUpdate")}
        </>
      )}
    </p>
  );
}

function Update({ id, at }: { id: string; at: number }) {
  const text = useIncidentPanelText();
  const time = useTimeText();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  const { data: post, error } = useQuery(postQuery(id));
  const author = useUser(post?.user_id ?? "");
  const isRefused = statusOf(error) >= 400;
  // Without an answer nobody knows yet whether one may read it.
  if (!post && !isRefused) return <Spinner label={text("loading")} />;
  return (
    <article className={styles.update}>
      <header className={styles.head}>
        {author && (
          <>
            <Avatar src={pictureOf(author)} size={24} />
            <span className={styles.author}>{nameOf(author)}</span>
          </>
        )}
        <Link
          className={styles.time}
          href={paths.post(team.name, id)}
          onClick={() => {
            if (isNarrow) closePanel();
          }}
        >
          <time dateTime={new Date(at).toISOString()}>{time.short(at)}</time>
        </Link>
      </header>
      {post ? (
        <Collapsing key={post.message}>
          <Markdown plainHeadings>{post.message}</Markdown>
          {post.edit_at > 0 && <span className={styles.edited}> {text("edited")}</span>}
        </Collapsing>
      ) : (
        <p className={styles.none}>{text("updateHidden")}</p>
      )}
    </article>
  );
}

const TALLEST = 277;

/** Long words are cut with a fade until more is asked for. */
function Collapsing({ children }: { children: ReactNode }) {
  const text = useIncidentPanelText();
  const inside = useRef<HTMLDivElement>(null);
  const [isTall, setIsTall] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  useLayoutEffect(() => {
    const element = inside.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setIsTall(element.scrollHeight > TALLEST));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return (
    <>
      <div className={styles.cut} data-cut={(isTall && !isOpen) || undefined}>
        <div ref={inside}>{children}</div>
      </div>
      {isTall && (
        <Button size="s" variant="quiet" aria-expanded={isOpen} onPress={() => setIsOpen(!isOpen)}>
          {text(isOpen ? "showLess" : "showMore")}
        </Button>
      )}
    </>
  );
}
