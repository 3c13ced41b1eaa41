import { useQuery } from "@tanstack/react-query";
import { bodyOf, chat, configQuery, incidentApi, keys, type Playbook } from "@/api";
import { useMe, useTeam } from "@/host";

/** A playbook and the `ETag` it had when it was read. */
export interface ReadPlaybook {
  playbook: Playbook;
  etag: string;
}

export async function readPlaybook(id: string): Promise<ReadPlaybook> {
  const answer = await incidentApi.GET("/playbooks/{playbook_id}", { params: { path: { playbook_id: id } } });
  const playbook = await bodyOf(Promise.resolve(answer));
  return { playbook, etag: answer.response.headers.get("ETag") ?? "" };
}

/** Whether one may make playbooks here, which is a setting; undefined while not known. */
export function useMayMakePlaybooks(): boolean | undefined {
  const me = useMe();
  const team = useTeam();
  const { data: config } = useQuery(configQuery);
  const creators = config?.PlaybookCreators;
  const asksForRole = creators === "team_admins" && !me.isAdmin;
  const { data: membership } = useQuery({
    queryKey: keys.teamMembership(team.id),
    queryFn: () => chat.getTeamMember(team.id, me.id),
    enabled: asksForRole,
  });
  if (config === undefined || (asksForRole && membership === undefined)) return undefined;
  if (me.isAdmin) return true;
  if (asksForRole) return membership?.roles.split(" ").includes("team_admin");
  return creators !== "system_admins";
}
