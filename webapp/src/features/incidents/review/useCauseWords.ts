import { durationText } from "@/ui";
import { useName } from "../useName";
import type { Cause } from "./questions";
import { type ReviewText, useReviewText } from "./text";

/** The sentence for each cause in each of its forms. */
const SENTENCES: Readonly<Record<string, keyof ReviewText>> = {
  "assignee_away away": "cause_assignee_away_away",
  "assignee_away left": "cause_assignee_away_left",
  "assignee_away silent": "cause_assignee_away_silent",
  "awaiting_answer answered": "cause_awaiting_answer_answered",
  "awaiting_answer unanswered": "cause_awaiting_answer_unanswered",
  "command_failed failed": "cause_command_failed_failed",
  "command_failed repeated": "cause_command_failed_repeated",
  "commander_changed ": "cause_commander_changed",
  "no_activity ": "cause_no_activity",
  "outside_hours ": "cause_outside_hours",
  "stage_returned belated": "cause_stage_returned_belated",
  "stage_returned returned": "cause_stage_returned_returned",
  "unassigned late": "cause_unassigned_late",
  "unassigned never": "cause_unassigned_never",
  "usual_length ": "cause_usual_length",
};

/** What a cause says of a gap before a task. A cause that is new to us speaks the server's own words. */
export function useCauseWords(cause: Cause, task: string): string {
  const text = useReviewText();
  const first = useName(cause.user_ids[0] ?? "");
  const sentence = SENTENCES[`${cause.cause} ${cause.detail}`];
  if (sentence === undefined) return cause.sentence;
  const held = durationText(cause.to_at - cause.from_at);
  return text(sentence, { who: first, first, task, held, count: cause.count });
}
