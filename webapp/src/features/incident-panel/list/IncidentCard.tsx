import { type Incident, nameOf, pictureOf, useMyChannel, useUser } from "@/api";
import { closePanel, navigate, paths, useIsNarrow, useTeam } from "@/host";
import { Avatar, Badge, Button } from "@/ui";
import { Ago, Lasting } from "../details/Lasting";
import { StageBar } from "../details/StageBar";
import { showDetails } from "../place";
import { latestStatusPost } from "../progress";
import { useIncidentPanelText } from "../text";
import styles from "./list.module.css";

/** An ongoing incident in a few lines. */
export function IncidentCard({ incident, isHere }: { incident: Incident; isHere: boolean }) {
  const text = useIncidentPanelText();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  const commander = useUser(incident.commander_user_id);
  const channel = useMyChannel(team.id, incident.channel_id);
  const updated = latestStatusPost(incident);
  const go = () => {
    showDetails();
    if (channel) navigate(paths.channel(team.name, channel.name));
    if (isNarrow && !isHere) closePanel();
  };
  return (
    <li className={styles.card} data-here={isHere || undefined}>
      <h2 className={styles.name}>{incident.name}</h2>
      {incident.is_practice && <Badge tone="warning">{text("practice")}</Badge>}
      {incident.is_imported && <Badge tone="neutral">{text("imported")}</Badge>}
      {incident.checklists.length > 1 && <StageBar incident={incident} isCompact />}
      <dl className={styles.facts}>
        <dt>{text("stage")}</dt>
        <dd>{incident.active_stage_title || "-"}</dd>
        <dt>{text("durationIs")}</dt>
        <dd>
          <Lasting incident={incident} />
        </dd>
        <dt>{text("lastUpdated")}</dt>
        <dd>{updated ? <Ago since={updated.create_at} /> : "-"}</dd>
        <dt>{text("commanderIs")}</dt>
        <dd className={styles.person}>
          {commander && (
            <>
              <Avatar src={pictureOf(commander)} size={20} />
              {nameOf(commander)}
            </>
          )}
        </dd>
      </dl>
      <Button fullWidth onPress={go}>
        {text("goToChannel")}
      </Button>
    </li>
  );
}
