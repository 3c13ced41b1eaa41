import { useEffect } from "react";
import { cache, keys, onParsed, parsed, type Wire } from "@/api";
import { onLive, placeStore, sendLive, useConnection, useTeam } from "@/host";
import { Calm } from "./calm";

const PREFIX = "custom_com.mattermost.plugin-incident-management_";

/** Keep pages of incidents true: each change is told to those who are in the incident's channel. */
export function startLive(): () => void {
  const calm = new Calm((id) => {
    void cache.invalidateQueries({ queryKey: keys.incidentMetadata(id) });
    void cache.invalidateQueries({ queryKey: keys.timeline(id) });
  });
  const countAgain = (channel: string) => {
    const known = cache
      .getQueriesData<Wire["IncidentShape"]>({ queryKey: ["incident"] })
      .find(([, incident]) => incident?.channel_id === channel);
    if (known?.[1]) calm.ask(known[1].id);
  };
  const ends = [
    onLive(`${PREFIX}incident_updated`, (event) => {
      const incident = parsed<Wire["IncidentShape"]>(event, "payload");
      if (!incident) return;
      void cache.invalidateQueries({ queryKey: keys.incidentLists(incident.team_id) });
      void cache.invalidateQueries({ queryKey: keys.timeline(incident.id) });
      void cache.invalidateQueries({ queryKey: keys.reviewDocument(incident.id) });
      void cache.invalidateQueries({ queryKey: keys.followUps(incident.id) });
    }),
    onParsed<{ id: string; team_id: string }>(`${PREFIX}incident_changed`, "payload", askedAbout),
    onParsed<{ id: string }>(`${PREFIX}incident_logged`, "payload", ({ id }) => calm.ask(id)),
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
    calm.end();
    for (const end of ends) end();
  };
}

function listsChanged(): void {
  const team = placeStore.getState().team;
  if (team) void cache.invalidateQueries({ queryKey: keys.incidentLists(team.id) });
}

/** Of an incident that one is not in is told only that it changed. */
function askedAbout({ id, team_id: team }: { id: string; team_id: string }): void {
  void cache.invalidateQueries({ queryKey: keys.incidentLists(team) });
  void cache.invalidateQueries({ queryKey: keys.incident(id) });
}

/** While this is drawn, and if so wished, hear of the team's incidents that one is not in, too. */
export function useWatching(isWished: boolean): void {
  const team = useTeam().id;
  const isOpen = useConnection() === "open";
  useEffect(() => {
    if (!isWished || !isOpen) return;
    // What changed between the first question and the server's nod was not told.
    const missed = () => {
      void cache.invalidateQueries({ queryKey: keys.incidentLists(team) });
      void cache.invalidateQueries({ queryKey: ["incident"], type: "active" });
    };
    const watch = () => sendLive(`${PREFIX}watch`, { team_id: team }, missed);
    watch();
    // Other roles may see other things: the server stops telling and waits to be asked.
    const end = onLive("user_role_updated", watch);
    return () => {
      end();
      sendLive(`${PREFIX}watch`, { team_id: "" });
    };
  }, [team, isWished, isOpen]);
}
