import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { teamsQuery, teamUnreadsQuery } from "@/api";
import { Link, paths, useTeam } from "@/host";
import { CountBadge } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./TeamRail.module.css";

/** One's teams, when there are several. */
export const TeamRail = memo(function TeamRail() {
  const text = useWorkspaceText();
  const shown = useTeam();
  const { data: teams } = useQuery(teamsQuery);
  const { data: unreads } = useQuery({ ...teamUnreadsQuery, enabled: (teams?.length ?? 0) > 1 });
  if (!teams || teams.length < 2) return null;
  return (
    <nav className={styles.rail} aria-label={text("teams")}>
      {teams.map((team) => {
        const unread = unreads?.get(team.id);
        const mentions = team.id === shown.id ? 0 : (unread?.mention_count ?? 0);
        const waiting = mentions > 0 ? text("mentions", { count: mentions }) : "";
        return (
          <Link
            key={team.id}
            href={paths.channel(team.name, "town-square")}
            className={styles.team}
            title={team.display_name}
            aria-label={waiting ? `${team.display_name}, ${waiting}` : team.display_name}
            aria-current={team.id === shown.id ? "true" : undefined}
            data-unread={(unread?.msg_count ?? 0) > 0 || undefined}
          >
            <span className={styles.initials} data-initials={initials(team.display_name)} />
            {waiting && (
              <span className={styles.badge}>
                <CountBadge count={mentions} label={waiting} />
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
});

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase())
    .join("");
}
