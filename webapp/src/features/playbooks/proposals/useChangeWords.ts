import { durationText } from "@/ui";
import type { Change } from "./questions";
import { useProposalsText } from "./text";

const SECOND = 1_000;

/** A change as a sentence. */
export function useChangeWords(): (change: Change) => string {
  const text = useProposalsText();
  return (change) => {
    const { kind, task, stage, before, part, command } = change;
    switch (kind) {
      case "add":
        return text("change_add", { task, stage });
      case "assign":
        return text("change_assign", { task, who: change.assignee_username || text("somebody") });
      case "command":
        return text("change_command", { task, command });
      case "drop":
        return text("change_drop", { task });
      case "remind":
        return change.remind_after_seconds === 0
          ? text("change_remind_never")
          : text("change_remind", { time: durationText(change.remind_after_seconds * SECOND) });
      case "reorder":
        return before === ""
          ? text("change_reorder_end", { task, stage })
          : text("change_reorder", { task, before });
      default:
        return text("change_split", { task, part });
    }
  };
}
