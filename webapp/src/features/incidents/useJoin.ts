import { useMutation } from "@tanstack/react-query";
import { cache, channelsQuery, chat, type Incident, keys, messageOf, setIncidentMember } from "@/api";
import { navigate, paths, useMe, useTeam } from "@/host";
import { toast } from "@/ui";
import { useIncidentsText } from "./text";

interface Joined {
  incident: Incident;
  /** Whether its channel can be entered. */
  hasChannel: boolean;
}

/**
 * Enter the channel of an incident and go there; or the incident alone, if that is nowhere to be entered. The server
 * lets in who may: all of the team, or administrators.
 */
export function useJoin() {
  const text = useIncidentsText();
  const me = useMe();
  const team = useTeam();
  return useMutation({
    mutationFn: async ({ incident, hasChannel }: Joined) => {
      if (!hasChannel) {
        await setIncidentMember(incident.id, me.id, true);
        return null;
      }
      await chat.addToChannel(me.id, incident.channel_id);
      return chat.getChannel(incident.channel_id);
    },
    onSuccess: (channel, { incident }) => {
      void cache.invalidateQueries({ queryKey: channelsQuery(team.id).queryKey });
      void cache.invalidateQueries({ queryKey: keys.memberships(team.id) });
      void cache.invalidateQueries({ queryKey: keys.incidentLists(team.id) });
      toast({ text: text("joined", { name: incident.name }) });
      if (channel) navigate(paths.channel(team.name, channel.name));
    },
    onError: (error) => toast({ text: messageOf(error) ?? text("notReached"), tone: "danger" }),
  });
}
