import { useQuery } from "@tanstack/react-query";
import { EllipsisVertical, Plus } from "lucide-react";
import { messageOf, ongoingQuery } from "@/api";
import { Link, navigate, paths, useChannel, useTeam } from "@/host";
import { Button, ErrorState, IconButton, Menu, MenuItem, Spinner } from "@/ui";
import { useStart } from "../start";
import { useIncidentPanelText } from "../text";
import { IncidentCard } from "./IncidentCard";
import styles from "./list.module.css";
import { Welcome } from "./Welcome";

/** One's own ongoing incidents of this team. */
export function OngoingList() {
  const text = useIncidentPanelText();
  const team = useTeam();
  const start = useStart();
  const channel = useChannel();
  const { data: incidents, error, refetch } = useQuery(ongoingQuery(team.id));
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!incidents) return <Spinner label={text("loading")} />;
  if (incidents.length === 0) return <Welcome />;
  return (
    <div className={styles.list}>
      <div className={styles.deeds}>
        <Button
          variant="quiet"
          icon={<Plus size={16} />}
          isPending={start.isPending}
          onPress={() => start.mutate()}
        >
          {text("start")}
        </Button>
        <Menu
          label={text("more")}
          trigger={<IconButton label={text("more")} icon={<EllipsisVertical size={18} />} />}
        >
          <MenuItem onAction={() => navigate(paths.playbooks(team.name))}>{text("createPlaybook")}</MenuItem>
          <MenuItem onAction={() => navigate(paths.incidents(team.name))}>{text("seeAll")}</MenuItem>
        </Menu>
      </div>
      <ul className={styles.cards}>
        {incidents.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} isHere={incident.channel_id === channel?.id} />
        ))}
      </ul>
      <p className={styles.foot}>
        {text("closedBefore")} <Link href={paths.incidents(team.name)}>{text("clickHere")}</Link>{" "}
        {text("closedAfter")}
      </p>
    </div>
  );
}
