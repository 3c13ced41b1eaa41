import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { categoriesQuery, messageOf, moveChannel } from "@/api";
import { useTeam } from "@/host";
import { toast } from "@/ui";

/** Whether a channel is among the favourites, and what changes that. */
export function useFavourite(channel: ServerChannel) {
  const team = useTeam();
  const { data } = useQuery(categoriesQuery(team.id));
  const favourites = data?.categories.find((one) => one.type === "favorites");
  const isDirect = channel.type === "D" || channel.type === "G";
  const home = data?.categories.find((one) => one.type === (isDirect ? "direct_messages" : "channels"));
  const isFavourite = favourites?.channel_ids.includes(channel.id) ?? false;
  const to = isFavourite ? home?.id : favourites?.id;
  const toggle = () => {
    if (to)
      void moveChannel(team.id, channel.id, { categoryId: to, beforeId: "" }).catch((error: unknown) =>
        toast({ text: messageOf(error) ?? String(error), tone: "danger" }),
      );
  };
  return { isFavourite, toggle };
}
