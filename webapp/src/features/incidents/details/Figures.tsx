import { useQuery } from "@tanstack/react-query";
import { ArrowRight, Clock, MessagesSquare, UsersRound } from "lucide-react";
import { useId } from "react";
import { useIntl } from "react-intl";
import { type Incident, metadataQuery } from "@/api";
import { Link, paths } from "@/host";
import { durationText, useNow, useTimeText } from "@/ui";
import { PLAUSIBLE } from "../questions";
import { useIncidentsText } from "../text";
import styles from "./Figures.module.css";

/** How long, how many people, how many messages. */
export function Figures({ incident, isIn }: { incident: Incident; isIn: boolean | undefined }) {
  const text = useIncidentsText();
  const intl = useIntl();
  const { data: metadata } = useQuery({
    ...metadataQuery(incident.id),
    refetchOnMount: "always",
  });
  const count = (number: number | undefined) => (number === undefined ? "…" : intl.formatNumber(number));
  return (
    <ul className={styles.figures}>
      <Duration incident={incident} />
      <Figure
        title={text("membersInvolved")}
        icon={<UsersRound size={20} />}
        value={count(metadata?.num_members)}
      >
        {text("membersInvolvedMeans")}
      </Figure>
      <Figure
        title={text("messages")}
        icon={<MessagesSquare size={20} />}
        value={count(metadata?.total_posts)}
      >
        {metadata && metadata.channel_name !== "" && isIn && (
          <Link href={paths.channel(metadata.team_name, metadata.channel_name)} className={styles.jump}>
            {text("jumpToChannel")}
            <ArrowRight size={14} aria-hidden="true" />
          </Link>
        )}
        {isIn === false && metadata?.channel_name !== "" && text("joinToRead")}
      </Figure>
    </ul>
  );
}

function Duration({ incident }: { incident: Incident }) {
  const text = useIncidentsText();
  const time = useTimeText();
  const now = useNow();
  const hasEnd = incident.end_at >= PLAUSIBLE;
  const end = incident.is_active ? text("ongoing") : hasEnd ? time.moment(incident.end_at) : "--";
  const value = incident.is_active
    ? durationText(now - incident.create_at)
    : hasEnd
      ? durationText(incident.end_at - incident.create_at)
      : "--";
  return (
    <Figure title={text("duration")} icon={<Clock size={20} />} value={value}>
      {time.moment(incident.create_at)} - {end}
    </Figure>
  );
}

interface FigureProps {
  title: string;
  icon: React.ReactNode;
  value: string;
  children?: React.ReactNode;
}

/** A figure with what it is of, and what it means. */
export function Figure({ title, icon, value, children }: FigureProps) {
  const id = useId();
  return (
    <li className={styles.figure} aria-labelledby={id}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.words}>
        <span id={id} className={styles.title}>
          {title}
        </span>
        <span className={styles.value}>{value}</span>
        <span className={styles.more}>{children}</span>
      </div>
    </li>
  );
}
