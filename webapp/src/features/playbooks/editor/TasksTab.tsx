import { Plus } from "lucide-react";
import { Button } from "@/ui";
import { usePlaybooksText } from "../text";
import type { DraftStage } from "./draft";
import type { Piece } from "./drag";
import { useEditor } from "./EditorContext";
import styles from "./EditorPage.module.css";
import { StageSection } from "./StageSection";

export function TasksTab({ stages, lifted }: { stages: readonly DraftStage[]; lifted: Piece | null }) {
  const text = usePlaybooksText();
  const { dispatch } = useEditor();
  return (
    <section className={styles.tab} aria-labelledby="tasks">
      <h2 id="tasks" className={styles.heading}>
        {text("tasks")}
      </h2>
      <p className={styles.help}>{text("stagesHelp")}</p>
      <ol className={styles.stages}>
        {stages.map((stage, at) => (
          <StageSection
            key={stage.key}
            stage={stage}
            isFirst={at === 0}
            isLast={at === stages.length - 1}
            lifted={lifted}
          />
        ))}
      </ol>
      <Button icon={<Plus size={16} />} onPress={() => dispatch({ kind: "stage added", title: "New stage" })}>
        {text("newStage")}
      </Button>
    </section>
  );
}
