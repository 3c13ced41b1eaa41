import { queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, type Wire } from "./incidents";
import { keys } from "./keys";

export type Playbook = Wire["PlaybookShape"];

const PAGE = "1000";

/** All playbooks that one may use in a team; lists search, sort and page them without asking again. */
export const playbooksQuery = (team: string) =>
  queryOptions({
    queryKey: keys.playbooks(team),
    queryFn: async (): Promise<Playbook[]> => {
      const all: Playbook[] = [];
      for (let page = 0, hasMore = true; hasMore; page += 1) {
        const query = { team_id: team, page: String(page), per_page: PAGE };
        const listed = await bodyOf(incidentApi.GET("/playbooks", { params: { query } }));
        all.push(...listed.items);
        hasMore = listed.has_more;
      }
      return all;
    },
  });
