import { useMutation } from "@tanstack/react-query";
import { cache, channelsQuery, chat, type Incident, keys, messageOf } from "@/api";
import { navigate, paths, useMe, useTeam } from "@/host";
import { toast } from "@/ui";
import { useIncidentsText } from "./text";

/** Enter the channel of an incident and go there. The server lets in who may: all of the team, or administrators. */
export function useJoin() {
  const text = useIncidentsText();
  const me = useMe();
  const team = useTeam();
  return useMutation({
    mutationFn: async ({ channel_id }: Incident) => {
      await chat.addToChannel(me.id, channel_id);
      return chat.getChannel(channel_id);
    },
    onSuccess: (channel, incident) => {
      void cache.invalidateQueries({ queryKey: channelsQuery(team.id).queryKey });
      void cache.invalidateQueries({ queryKey: keys.memberships(team.id) });
      void cache.invalidateQueries({ queryKey: keys.incidentLists(team.id) });
      toast({ text: text("joined", { name: incident.name }) });
      navigate(paths.channel(team.name, channel.name));
    },
    onError: (error) => toast({ text: messageOf(error) ?? text("notReached"), tone: "danger" }),
  });
}
