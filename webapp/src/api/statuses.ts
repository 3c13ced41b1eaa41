import type { UserStatus } from "@mattermost/types/users";
import { useQuery } from "@tanstack/react-query";
import { batched } from "./batch";
import { chat } from "./client";
import { keys } from "./keys";

export type Presence = "online" | "away" | "dnd" | "offline";

const load = batched<UserStatus>(
  (ids) => chat.getStatusesByIds(ids),
  (status) => status.user_id,
);

const ASKED_AGAIN_AFTER_MS = 60_000;

/** Whether somebody is there. Only one's own changes are told by events: others are asked about each minute. */
export function usePresence(userId: string): Presence {
  const { data } = useQuery({
    queryKey: keys.status(userId),
    queryFn: async () => (await load(userId))?.status ?? "offline",
    enabled: userId !== "",
    refetchInterval: ASKED_AGAIN_AFTER_MS,
  });
  return data === "online" || data === "away" || data === "dnd" ? data : "offline";
}
