import { X } from "lucide-react";
import { messageOf } from "@/api";
import { Banner, Button, durationText, ErrorState, IconButton, type Option, Select, Spinner } from "@/ui";
import { usePlaybooksText } from "../text";
import styles from "./EditorPage.module.css";
import { MarkdownField } from "./MarkdownField";
import type { ReviewPlanWork } from "./useReviewPlan";

const HOUR = 3_600;
const DAY = 86_400;
const USUAL = [4 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY];

/** What the reviews of the playbook's incidents begin with, and when they are due. */
export function ReviewPreferences({ work }: { work: ReviewPlanWork }) {
  const text = usePlaybooksText();
  const options = useReminderOptions(work.plan?.remind_after_seconds ?? 0);
  const { plan, set } = work;
  if (plan === undefined) {
    return work.error ? (
      <ErrorState message={messageOf(work.error)} onRetry={work.retry} />
    ) : (
      <Spinner label={text("loading")} />
    );
  }
  return (
    <>
      {work.isOutdated && (
        <Banner tone="warning">
          <p>{text("reviewChangedMeanwhile")}</p>
          <div className={styles.choices}>
            <Button size="s" onPress={work.takeTheirs}>
              {text("takeTheirs")}
            </Button>
            <Button size="s" onPress={work.keepMine}>
              {text("keepMine")}
            </Button>
          </div>
        </Banner>
      )}
      <div className={styles.preference}>
        <h2 className={styles.heading}>{text("reviewReminder")}</h2>
        <p className={styles.help}>{text("reviewReminderHelp")}</p>
        <div className={styles.clearable}>
          <Select
            label={text("reviewReminder")}
            hidesLabel
            placeholder={text("noReminder")}
            options={options}
            selected={plan.remind_after_seconds === 0 ? null : String(plan.remind_after_seconds)}
            onSelect={(seconds) => set({ remind_after_seconds: Number(seconds ?? 0) })}
          />
          {plan.remind_after_seconds !== 0 && (
            <IconButton
              label={text("clearReviewReminder")}
              icon={<X size={16} />}
              onPress={() => set({ remind_after_seconds: 0 })}
            />
          )}
        </div>
      </div>
      <div className={styles.preference}>
        <h2 className={styles.heading}>{text("reviewTemplate")}</h2>
        <p className={styles.help}>{text("reviewTemplateHelp")}</p>
        <MarkdownField
          label={text("reviewTemplate")}
          hidesLabel
          placeholder={text("usualTemplate")}
          rows={12}
          value={plan.template}
          onChange={(template) => set({ template })}
        />
        <div className={styles.choices}>
          {plan.template === "" && plan.usual_template !== "" && (
            <Button size="s" onPress={() => set({ template: plan.usual_template })}>
              {text("beginWithUsual")}
            </Button>
          )}
          {plan.template !== "" && (
            <Button size="s" onPress={() => set({ template: "" })}>
              {text("backToUsual")}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

/** The usual times, and the present one if a program has set another. */
function useReminderOptions(present: number): Option[] {
  const text = usePlaybooksText();
  const all = present === 0 || USUAL.includes(present) ? USUAL : [...USUAL, present].sort((a, b) => a - b);
  return all.map((seconds) => ({
    id: String(seconds),
    text:
      seconds % DAY === 0
        ? text("daysAfterEnd", { count: seconds / DAY })
        : seconds % HOUR === 0
          ? text("hoursAfterEnd", { count: seconds / HOUR })
          : durationText(seconds * 1_000, { seconds: true }),
  }));
}
