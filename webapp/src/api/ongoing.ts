import { queryOptions, useQuery } from "@tanstack/react-query";
import { onLive, placeStore } from "@/host";
import { cache, changeKnown } from "./cache";
import { statusOf } from "./client";
import { bodyOf, incidentApi, type Wire } from "./incidents";
import { keys } from "./keys";
import { parsed } from "./live";

export type Incident = Wire["IncidentShape"];
export type Stage = Wire["StageShape"];
export type Task = Wire["TaskShape"];

/** As many as the server gives at once. */
const PAGE = 1_000;

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: keys.incident(id),
    queryFn: () =>
      bodyOf(incidentApi.GET("/incidents/{incident_id}", { params: { path: { incident_id: id } } })),
  });

/** One's own ongoing incidents of a team, the newest first. Guests may list none. */
export const ongoingQuery = (team: string) =>
  queryOptions({
    queryKey: keys.ongoing(team),
    queryFn: async (): Promise<readonly Incident[]> => {
      const query = { ...mineIn(team), status: "active", sort: "create_at", direction: "desc" } as const;
      const list = await orForbidden(bodyOf(incidentApi.GET("/incidents", { params: { query } })), null);
      for (const incident of list?.items ?? []) cache.setQueryData(keys.incident(incident.id), incident);
      return list?.items ?? [];
    },
    structuralSharing: false,
  });

/** The channels of all one's incidents of a team, ended ones too; null where that may not be asked. */
const incidentChannelsQuery = (team: string) =>
  queryOptions({
    queryKey: keys.incidentChannels(team),
    queryFn: async (): Promise<readonly string[] | null> => {
      const all: string[] = [];
      for (let page = 0; all.length === page * PAGE; page += 1) {
        const query = { ...mineIn(team), page: String(page) };
        const more = await orForbidden(
          bodyOf(incidentApi.GET("/incidents/channels", { params: { query } })),
          null,
        );
        if (more === null) return null;
        all.push(...more);
      }
      return all;
    },
  });

/** The id of the incident that a channel belongs to, or null. */
const incidentOfChannelQuery = (channel: string) =>
  queryOptions({
    queryKey: keys.incidentOfChannel(channel),
    queryFn: async (): Promise<string | null> => {
      try {
        const path = { channel_id: channel };
        const incident = await bodyOf(
          incidentApi.GET("/incidents/channel/{channel_id}", { params: { path } }),
        );
        cache.setQueryData(keys.incident(incident.id), incident);
        return incident.id;
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
  });

function mineIn(team: string) {
  return { team_id: team, member_id: placeStore.getState().me?.id ?? "", per_page: String(PAGE) };
}

async function orForbidden<Answer, Otherwise>(answer: Promise<Answer>, otherwise: Otherwise) {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === 403) return otherwise;
    throw error;
  }
}

/** One's own ongoing incidents of a team, the newest first; kept true by live events. */
export function useOngoingIncidents(team: string): readonly Incident[] | undefined {
  return useQuery(ongoingQuery(team)).data;
}

/**
 * The incident of a channel: null if there is none, undefined while that is not known.
 *
 * Which of one's own channels are incidents is known from one answer, so that no other channel is asked about.
 */
export function useIncidentOfChannel(
  channel: string,
  { team, isMember }: { team: string; isMember: boolean },
) {
  const channels = useQuery({ ...incidentChannelsQuery(team), enabled: channel !== "" });
  const isAsked = channel !== "" && channels.data !== undefined;
  const isNone = channel === "" || (isMember && channels.data?.includes(channel) === false);
  const id = useQuery({ ...incidentOfChannelQuery(channel), enabled: isAsked && !isNone });
  const incident = useQuery({ ...incidentQuery(id.data ?? ""), enabled: Boolean(id.data) });
  const isAbsent = isNone || id.data === null;
  return {
    incident: isAbsent ? null : incident.data,
    error: isAbsent ? null : (channels.error ?? id.error ?? incident.error),
    retry: () => void (channels.error ? channels : id.error ? id : incident).refetch(),
  };
}

/** Write an incident as it is now wherever it is shown. */
export function incidentChanged(incident: Incident): void {
  void cache.cancelQueries({ queryKey: keys.incident(incident.id), exact: true });
  const before = cache.getQueryData<Incident>(keys.incident(incident.id));
  cache.setQueryData(keys.incident(incident.id), incident);
  cache.setQueryData(keys.incidentOfChannel(incident.channel_id), incident.id);
  changeKnown<readonly string[] | null>({ queryKey: keys.incidentChannels(incident.team_id) }, (channels) =>
    channels && !channels.includes(incident.channel_id) ? [...channels, incident.channel_id] : channels,
  );
  changeKnown<readonly Incident[]>({ queryKey: keys.ongoing(incident.team_id) }, (list) =>
    withIncident(list, incident),
  );
  if (before && hasNewReceipts(before, incident)) {
    void cache.invalidateQueries({ queryKey: keys.timeline(incident.id) });
  }
}

/** The list with the incident as it is now; ended ones leave it. */
export function withIncident(list: readonly Incident[], incident: Incident): readonly Incident[] {
  const others = list.filter((one) => one.id !== incident.id);
  if (!incident.is_active) return others;
  return [...others, incident].sort((a, b) => b.create_at - a.create_at);
}

const lastRuns = (incident: Incident) =>
  incident.checklists.flatMap((stage) => stage.items.map((task) => task.command_last_run)).join();

function hasNewReceipts(before: Incident, now: Incident): boolean {
  return before.is_active !== now.is_active || lastRuns(before) !== lastRuns(now);
}

/** Somebody's membership of a channel changed: what of it is not known is asked for again. */
function membershipChanged(channel: string): void {
  const { team } = placeStore.getState();
  void cache.invalidateQueries({ queryKey: keys.channelPeople(channel) });
  if (!team) return;
  void cache.invalidateQueries({ queryKey: keys.ongoing(team.id) });
  void cache.invalidateQueries({ queryKey: keys.incidentChannels(team.id) });
}

/** The incident of a channel, if it is known here. */
function knownIn(channel: string): Incident | undefined {
  const id = cache.getQueryData<string | null>(keys.incidentOfChannel(channel));
  return id ? cache.getQueryData<Incident>(keys.incident(id)) : undefined;
}

function askAbout(incident: Incident): void {
  void cache.invalidateQueries({ queryKey: keys.incident(incident.id), exact: true });
}

interface LivePost {
  id: string;
  message: string;
  channel_id: string;
  props?: Record<string, unknown>;
}

/** Let live events keep incidents true from now on. Gives what ends it. */
export function keepIncidentsLive(): () => void {
  const isMe = (id: unknown) => id === placeStore.getState().me?.id;
  const ends = [
    onLive(`${PREFIX}incident_updated`, (event) => {
      const incident = parsed<Incident>(event, "payload");
      if (incident) incidentChanged(incident);
    }),
    onLive(`${PREFIX}incident_created`, (event) => {
      const created = parsed<{ incident: Incident }>(event, "payload");
      if (created) incidentChanged(created.incident);
    }),
    onLive("user_added", (event) => {
      const channel = event.broadcast.channel_id;
      if (isMe(event.data.user_id)) membershipChanged(channel);
      else void cache.invalidateQueries({ queryKey: keys.channelPeople(channel) });
    }),
    onLive("user_removed", (event) => {
      const channel = event.broadcast.channel_id || String(event.data.channel_id ?? "");
      if (!event.data.user_id || isMe(event.data.user_id)) membershipChanged(channel);
      else void cache.invalidateQueries({ queryKey: keys.channelPeople(channel) });
    }),
    onLive("posted", (event) => {
      const post = parsed<LivePost>(event, "post");
      const incident = post && knownIn(post.channel_id);
      if (!incident) return;
      // A reminder has buttons, and a kept link is posted; neither is told of otherwise.
      if (post.props?.attachments) askAbout(incident);
      if (post.message.includes("://")) {
        void cache.invalidateQueries({ queryKey: keys.incidentLinks(incident.id) });
      }
    }),
    onLive("post_deleted", (event) => {
      const post = parsed<LivePost>(event, "post");
      const incident = post && knownIn(post.channel_id);
      if (incident && (incident.reminder_post_id === post.id || incident.status_post_ids.includes(post.id))) {
        askAbout(incident);
      }
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

const PREFIX = "custom_com.mattermost.plugin-incident-management_";
