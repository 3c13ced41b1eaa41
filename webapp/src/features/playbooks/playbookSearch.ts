import type { Playbook } from "@/api";
import type { Sort } from "@/ui";

/** Playbooks with the term in their title or description, in the order wanted; ties by title and id. */
export function found(playbooks: readonly Playbook[], term: string, sort: Sort): Playbook[] {
  const wanted = term.trim().toLocaleLowerCase();
  const sign = sort.direction === "asc" ? 1 : -1;
  const byTitle = (a: Playbook, b: Playbook) => a.title.localeCompare(b.title) || a.id.localeCompare(b.id);
  return playbooks
    .filter(({ title, description }) => `${title}\n${description}`.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => {
      if (sort.column === "stages") return sign * (a.num_stages - b.num_stages) || byTitle(a, b);
      if (sort.column === "tasks") return sign * (a.num_steps - b.num_steps) || byTitle(a, b);
      return sign * byTitle(a, b);
    });
}
