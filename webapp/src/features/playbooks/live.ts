import { cache, keys, parsed } from "@/api";
import { onLive } from "@/host";

/** What `playbook_updated` carries: who saved which playbook, and its version (the `ETag`) since. */
export interface PlaybookSaved {
  id: string;
  team_id: string;
  version: number;
  /** When it was deleted; 0 while it is in use. */
  delete_at: number;
  user_id: string;
}

const EVENT = "custom_com.mattermost.plugin-incident-management_playbook_updated";

export function onPlaybookSaved(listener: (saved: PlaybookSaved) => void): () => void {
  return onLive(EVENT, (event) => {
    const saved = parsed<PlaybookSaved>(event, "payload");
    if (saved) listener(saved);
  });
}

/** Keep lists of playbooks true. An open editor hears for itself, as it holds changes of its own. */
export function startLive(): () => void {
  return onPlaybookSaved((saved) => {
    void cache.invalidateQueries({ queryKey: keys.playbooks(saved.team_id) });
  });
}
