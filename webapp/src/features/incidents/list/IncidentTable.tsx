import { ArrowRight } from "lucide-react";
import { type Incident, usePlace } from "@/api";
import { Link, navigate, paths, useTeam } from "@/host";
import { Button, type Column, DataTable, type Sort, useTimeText } from "@/ui";
import { Person } from "../Person";
import { PLAUSIBLE, useChannelName } from "../questions";
import { ImportedBadge, PracticeBadge, StatusBadge } from "../StatusBadge";
import { useIncidentsText } from "../text";
import { useJoin } from "../useJoin";
import styles from "./IncidentTable.module.css";

export interface IncidentTableProps {
  incidents: readonly Incident[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

export function IncidentTable({ incidents, sort, onSort }: IncidentTableProps) {
  const text = useIncidentsText();
  const team = useTeam();
  const time = useTimeText();
  const columns: Column<Incident>[] = [
    {
      id: "name",
      title: text("name"),
      sorts: "asc",
      width: "minmax(0, 1fr)",
      isPlain: true,
      cell: ({ id, name, is_practice, is_imported }) => (
        <>
          <Link href={paths.incident(team.name, id)} className={styles.name}>
            {name}
          </Link>
          {is_practice && <PracticeBadge />}
          {is_imported && <ImportedBadge />}
        </>
      ),
    },
    {
      id: "status",
      title: text("status"),
      sorts: "asc",
      width: "90px",
      cell: ({ is_active }) => <StatusBadge isActive={is_active} />,
    },
    {
      id: "start",
      title: text("startTime"),
      sorts: "desc",
      width: "132px",
      cell: ({ create_at }) => time.moment(create_at),
    },
    {
      id: "end",
      title: text("endTime"),
      sorts: "desc",
      width: "132px",
      cell: ({ is_active, end_at }) => (is_active || end_at < PLAUSIBLE ? "--" : time.moment(end_at)),
    },
    {
      id: "commander",
      title: text("commander"),
      width: "minmax(110px, 170px)",
      cell: ({ commander_user_id }) => <Person id={commander_user_id} />,
    },
    {
      id: "channel",
      title: text("channel"),
      width: "84px",
      isPlain: true,
      cell: (incident) => <JoinOrOpen incident={incident} />,
    },
  ];
  return (
    <DataTable
      label={text("incidents")}
      columns={columns}
      rows={incidents}
      rowId={(incident) => incident.id}
      sort={sort}
      onSort={onSort}
      onRow={(incident) => navigate(paths.incident(team.name, incident.id))}
    />
  );
}

function JoinOrOpen({ incident }: { incident: Incident }) {
  const text = useIncidentsText();
  const { isIn, hasChannel } = usePlace(incident);
  const join = useJoin();
  if (isIn === undefined || !hasChannel) return null;
  if (!isIn) {
    return (
      <Button
        size="s"
        isPending={join.isPending}
        aria-label={text("joinNamed", { name: incident.name })}
        onPress={() => join.mutate({ incident, hasChannel })}
      >
        {text("join")}
      </Button>
    );
  }
  return <ChannelLink incident={incident} />;
}

function ChannelLink({ incident }: { incident: Incident }) {
  const text = useIncidentsText();
  const team = useTeam();
  const channel = useChannelName(incident.channel_id);
  return (
    <Link
      className={styles.open}
      href={paths.channel(team.name, channel)}
      aria-label={text("openChannelOf", { name: incident.name })}
    >
      {text("open")}
      <ArrowRight size={14} aria-hidden="true" />
    </Link>
  );
}
