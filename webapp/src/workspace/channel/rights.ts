import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { teamMembershipQuery, useMyRoles } from "@/api";
import { useMe, useTeam } from "@/host";

const TOWN_SQUARE = "town-square";

export interface Rights {
  /** Name and describe the channel, and choose its members. */
  manages: boolean;
  /** Write what stands beside the name: of talks without a name of their own, everyone in them may. */
  describes: boolean;
  removesMembers: boolean;
  archives: boolean;
  makesPrivate: boolean;
  /** Bring an archived channel back. */
  restores: boolean;
}

/** What one is offered in a channel; the server has the last word. */
export function useRights(channel: Pick<ServerChannel, "id" | "name" | "type">): Rights {
  const me = useMe();
  const team = useTeam();
  const roles = useMyRoles(team.id, channel.id) ?? "";
  const administers = useAdministersTeam();
  const isNamed = channel.type === "O" || channel.type === "P";
  const manages = isNamed && (me.isAdmin || roles.split(" ").includes("channel_user"));
  const isLasting = channel.name === TOWN_SQUARE;
  return {
    manages,
    describes: manages || (!isNamed && roles !== ""),
    removesMembers: manages && !isLasting,
    archives: manages && !isLasting,
    makesPrivate: administers && channel.type === "O" && !isLasting,
    restores: administers,
  };
}

/** Whether one administers the team that is shown, or the whole system. */
export function useAdministersTeam(): boolean {
  const me = useMe();
  const team = useTeam();
  const { data: membership } = useQuery({ ...teamMembershipQuery(team.id, me.id), enabled: !me.isAdmin });
  return me.isAdmin || (membership?.roles ?? "").split(" ").includes("team_admin");
}
