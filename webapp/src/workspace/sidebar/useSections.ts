import { useQuery } from "@tanstack/react-query";
import {
  categoriesQuery,
  channelsQuery,
  isUnread,
  membershipsQuery,
  ongoingQuery,
  preferencesQuery,
  usePreference,
} from "@/api";
import { useMe, useTeam } from "@/host";
import { type Section, sections } from "./sections";

const NONE: ReadonlySet<string> = new Set();

/** The sidebar's sections as things stand; empty until all is known. */
export function useSections(): Section[] {
  const me = useMe();
  const team = useTeam();
  const { data: categories } = useQuery(categoriesQuery(team.id));
  const { data: channels } = useQuery(channelsQuery(team.id));
  const { data: memberships } = useQuery(membershipsQuery(team.id));
  const { data: ongoing } = useQuery(ongoingQuery(team.id));
  const { data: preferences } = useQuery(preferencesQuery);
  const gathers = usePreference("sidebar_settings", "gather_incidents") !== "false";
  if (!categories || !channels || !memberships) return [];
  return sections({
    categories,
    channels,
    memberships,
    ongoing: gathers && ongoing ? new Set(ongoing.map((incident) => incident.channel_id)) : NONE,
    nameOf: (channel) => channel.display_name,
    isHidden: (channel) => {
      if (channel.type !== "D" || isUnread(channel, memberships.get(channel.id))) return false;
      const other = channel.name.split("__").find((id) => id !== me.id) ?? me.id;
      return preferences?.get(`direct_channel_show ${other}`) === "false";
    },
  });
}
