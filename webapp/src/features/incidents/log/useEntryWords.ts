import { durationText } from "@/ui";
import type { Entry } from "../questions";
import { type IncidentsText, useIncidentsText } from "../text";
import { useName } from "../useName";

/** The sentence for each kind. */
const SENTENCES: Readonly<Record<string, keyof IncidentsText>> = {
  incident_started: "log_incident_started",
  incident_ended: "log_incident_ended",
  incident_restarted: "log_incident_restarted",
  commander_changed: "log_commander_changed",
  stage_changed: "log_stage_changed",
  task_ticked: "log_task_ticked",
  task_unticked: "log_task_unticked",
  task_in_progress: "log_task_in_progress",
  task_assigned: "log_task_assigned",
  task_run: "log_task_run",
  task_added: "log_task_added",
  task_edited: "log_task_edited",
  task_moved: "log_task_moved",
  task_removed: "log_task_removed",
  status_updated: "log_status_updated",
  status_edited: "log_status_edited",
  status_deleted: "log_status_deleted",
  reminder_due: "log_reminder_due",
  reminder_shown: "log_reminder_shown",
  reminder_dismissed: "log_reminder_dismissed",
  member_joined: "log_member_joined",
  member_left: "log_member_left",
  post_seen: "log_post_seen",
  post_refused: "log_post_refused",
  review_saved: "log_review_saved",
  review_put: "log_review_put",
  follow_up_added: "log_follow_up_added",
  follow_up_changed: "log_follow_up_changed",
  follow_up_done: "log_follow_up_done",
  follow_up_reopened: "log_follow_up_reopened",
  follow_up_removed: "log_follow_up_removed",
  follow_up_ticketed: "log_follow_up_ticketed",
  rehearsal_started: "log_rehearsal_started",
  rehearsal_step: "log_rehearsal_step",
};

/** The sentence for what became of the channel. */
const CHANNEL_SENTENCES: Readonly<Record<string, keyof IncidentsText>> = {
  renamed: "log_channel_renamed",
  archived: "log_channel_archived",
  restored: "log_channel_restored",
  bot_removed: "log_channel_bot_removed",
  bot_returned: "log_channel_bot_returned",
};

/** What an entry of the log says, as a sentence. Kinds that are new to us are named as they are. */
export function useEntryWords(entry: Entry): string {
  const text = useIncidentsText();
  const value = (field: string): string => {
    const found = entry.payload[field];
    return typeof found === "string" ? found : "";
  };
  const actor = useName(entry.actor_id);
  const other = value("to_id") || value("user_id") || value("author_id") || value("commander_id");
  const who = useName(other);
  const sentence =
    entry.kind === "channel_changed" ? CHANNEL_SENTENCES[value("change")] : SENTENCES[entry.kind];
  if (sentence === undefined) return text("log_other", { kind: entry.kind });
  if (entry.kind === "task_assigned" && other === "") {
    return text("log_task_unassigned", { actor, task: value("title") });
  }
  if (entry.kind === "task_run" && value("outcome") !== "ok") {
    return text("log_task_run_failed", { actor, command: value("command") });
  }
  const took = entry.payload.duration_ms;
  return text(sentence, {
    actor,
    who,
    name: value("name"),
    task: value("title"),
    from: value("from_title"),
    to: value("to_title"),
    command: value("command"),
    message: value("message"),
    reason: value("reason"),
    duration: typeof took === "number" ? durationText(took) : "",
  });
}
