import { TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { nameOf, useUser } from "@/api";
import { useMe } from "@/host";
import { Banner, Button, Dialog } from "@/ui";
import type { PlaybookSaved } from "../live";
import type { ReadPlaybook } from "../questions";
import { usePlaybooksText } from "../text";
import styles from "./ChangedMeanwhile.module.css";

export interface ChangedMeanwhileProps {
  read: ReadPlaybook | null;
  lastSave: PlaybookSaved | null;
  cannotRead: boolean;
  isPending: boolean;
  /** Saving has just been refused: the choice is put at once. */
  isAsked: boolean;
  onTakeTheirs: () => void;
  onCopyMine: () => void;
  onOverwrite: () => void;
}

/** Says that the playbook is another one than was opened here, and lets one choose whose changes stay. */
export function ChangedMeanwhile({
  read,
  lastSave,
  cannotRead,
  isPending,
  isAsked,
  onTakeTheirs,
  onCopyMine,
  onOverwrite,
}: ChangedMeanwhileProps) {
  const text = usePlaybooksText();
  const [isOpen, setOpen] = useState(isAsked);
  useEffect(() => {
    if (isAsked) setOpen(true);
  }, [isAsked]);
  const said = useWhatHappened(read, lastSave, cannotRead);
  const isThere = !cannotRead && read?.playbook.delete_at === 0;
  return (
    <>
      <Banner
        tone="warning"
        icon={<TriangleAlert size={16} aria-hidden="true" />}
        action={
          <Button size="s" onPress={() => setOpen(true)}>
            {text("decide")}
          </Button>
        }
      >
        {said}
      </Banner>
      <Dialog title={text("whoseChanges")} isOpen={isOpen} onClose={() => setOpen(false)} size="s">
        <p>{said}</p>
        <ul className={styles.choices}>
          {isThere && (
            <li className={styles.choice}>
              <Button
                fullWidth
                onPress={() => {
                  onTakeTheirs();
                  setOpen(false);
                }}
              >
                {text("takeTheirs")}
              </Button>
              <p className={styles.meaning}>{text("takeTheirsMeans")}</p>
            </li>
          )}
          <li className={styles.choice}>
            <Button fullWidth variant="primary" isPending={isPending} onPress={onCopyMine} autoFocus>
              {text("copyMine")}
            </Button>
            <p className={styles.meaning}>{text("copyMineMeans")}</p>
          </li>
          {isThere && (
            <li className={styles.choice}>
              <Button fullWidth variant="danger" isPending={isPending} onPress={onOverwrite}>
                {text("overwrite")}
              </Button>
              <p className={styles.meaning}>{text("overwriteMeans")}</p>
            </li>
          )}
        </ul>
      </Dialog>
    </>
  );
}

function useWhatHappened(
  read: ReadPlaybook | null,
  lastSave: PlaybookSaved | null,
  cannotRead: boolean,
): string {
  const text = usePlaybooksText();
  const me = useMe();
  const who = useUser(lastSave?.user_id ?? "");
  if (cannotRead) return text("noAccessMeanwhile");
  const name = who ? nameOf(who) : text("somebody");
  if ((read?.playbook.delete_at ?? 0) > 0) return text("deletedMeanwhile", { name });
  return lastSave?.user_id === me.id ? text("savedElsewhere") : text("savedMeanwhile", { name });
}
