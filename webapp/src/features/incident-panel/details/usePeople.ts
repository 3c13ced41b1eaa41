import type { UserProfile } from "@mattermost/types/users";
import { useQuery } from "@tanstack/react-query";
import {
  chat,
  type Incident,
  incidentMembersQuery,
  keys,
  listedAs,
  remember,
  setIncidentMember,
  teamPeopleQuery,
  usePlace,
} from "@/api";

const FIRST = 200;

interface People {
  users: readonly UserProfile[];
  isLoading: boolean;
  /** Whether the term is searched for by the server; otherwise whoever shows the people filters them. */
  isSearched: boolean;
  isIn: (id: string) => boolean;
  /** Make sure that somebody is in it. */
  let: (id: string) => Promise<void>;
}

/**
 * Who can be chosen in an incident: those in its channel. Where that is nowhere to be entered, those in the
 * incident, and for a term also others of the team, who are then added.
 */
export function usePeople(incident: Incident, term: string, isAsked: boolean): People {
  const { hasChannel, isIn } = usePlace(incident);
  const isPlaced = !incident.is_imported || isIn !== undefined;
  const inChannel = usePeopleOfChannel(incident.channel_id, term, isAsked && isPlaced && hasChannel);
  const here = usePeopleHere(incident, term, isAsked && isPlaced && !hasChannel);
  return hasChannel ? inChannel : here;
}

function usePeopleOfChannel(channelId: string, term: string, isAsked: boolean): People {
  const people = useQuery({
    queryKey: keys.channelPeople(channelId),
    queryFn: async () => {
      const profiles = await chat.getProfilesInChannel(channelId, 0, FIRST);
      remember(...profiles);
      return profiles.filter((profile) => !profile.is_bot && profile.delete_at === 0);
    },
    enabled: isAsked,
  });
  const isLarge = (people.data?.length ?? 0) >= FIRST;
  const found = useQuery({
    queryKey: [...keys.channelPeople(channelId), term],
    queryFn: () => chat.searchUsers(term, { in_channel_id: channelId, limit: FIRST }),
    enabled: isLarge && term !== "",
  });
  return {
    users: (isLarge && term !== "" ? found.data : people.data) ?? [],
    isLoading: people.isLoading || found.isLoading,
    isSearched: isLarge,
    isIn: () => true,
    let: () => Promise.resolve(),
  };
}

function usePeopleHere(incident: Incident, term: string, isAsked: boolean): People {
  const { data: members = [], isLoading } = useQuery({
    ...incidentMembersQuery(incident.id),
    enabled: isAsked,
  });
  const found = useQuery({
    ...teamPeopleQuery(incident.team_id, term),
    enabled: isAsked && term !== "",
  });
  const isIn = (id: string) => members.some((user) => user.id === id);
  const wanted = term.toLowerCase().replace(/^@/, "");
  const others = term === "" ? [] : (found.data ?? []);
  return {
    users: [
      ...members.filter((user) => listedAs(user).toLowerCase().includes(wanted)),
      ...others.filter((user) => !user.is_bot && !isIn(user.id)),
    ],
    isLoading: isLoading || found.isLoading,
    isSearched: true,
    isIn,
    let: async (id) => {
      if (!isIn(id)) await setIncidentMember(incident.id, id, true);
    },
  };
}
