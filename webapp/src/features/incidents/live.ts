import { cache, keys, parsed, type Wire } from "@/api";
import { onLive, placeStore } from "@/host";

const PREFIX = "custom_com.mattermost.plugin-incident-management_";
const CALM_MS = 1_000;

/** Keep pages of incidents true: each change is told to those who are in the incident's channel. */
export function startLive(): () => void {
  const counted = new Map<string, ReturnType<typeof setTimeout>>();
  /** Who is in a channel and how much is written there changes often: the counts are asked for once a second. */
  const countAgain = (channel: string) => {
    const known = cache
      .getQueriesData<Wire["IncidentShape"]>({ queryKey: ["incident"] })
      .find(([, incident]) => incident?.channel_id === channel);
    const id = known?.[1]?.id;
    if (id === undefined || counted.has(id)) return;
    const ask = () => {
      counted.delete(id);
      void cache.invalidateQueries({ queryKey: keys.incidentMetadata(id) });
      void cache.invalidateQueries({ queryKey: keys.timeline(id) });
    };
    counted.set(id, setTimeout(ask, CALM_MS));
  };
  const ends = [
    onLive(`${PREFIX}incident_updated`, (event) => {
      const incident = parsed<Wire["IncidentShape"]>(event, "payload");
      if (!incident) return;
      void cache.invalidateQueries({ queryKey: keys.incidentLists(incident.team_id) });
      void cache.invalidateQueries({ queryKey: keys.timeline(incident.id) });
    }),
    onLive("user_added", (event) => {
      countAgain(event.broadcast.channel_id);
      listsChanged();
    }),
    onLive("user_removed", (event) => {
      countAgain(event.broadcast.channel_id);
      listsChanged();
    }),
    onLive("posted", (event) => countAgain(event.broadcast.channel_id)),
  ];
  return () => {
    for (const timer of counted.values()) clearTimeout(timer);
    for (const end of ends) end();
  };
}

function listsChanged(): void {
  const team = placeStore.getState().team;
  if (team) void cache.invalidateQueries({ queryKey: keys.incidentLists(team.id) });
}
