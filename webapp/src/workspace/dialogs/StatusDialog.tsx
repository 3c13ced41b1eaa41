import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Radio, RadioGroup } from "react-aria-components";
import { chat, keys, messageOf, type Presence, usePresence } from "@/api";
import { useMe } from "@/host";
import { Dialog, toast } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

const CHOICES: readonly Presence[] = ["online", "away", "dnd", "offline"];

/** Whether others see that one is there. */
export default function StatusDialog() {
  const text = useWorkspaceText();
  const me = useMe();
  const queries = useQueryClient();
  const presence = usePresence(me.id);
  const choosing = useMutation({
    mutationFn: (status: string) =>
      chat.updateStatus({ user_id: me.id, status, manual: true, last_activity_at: 0 }),
    onSuccess: (_saved, status) => queries.setQueryData(keys.status(me.id), status),
    onError: (error) => toast({ text: messageOf(error) ?? text("notSaved"), tone: "danger" }),
  });
  return (
    <Dialog title={text("yourStatus")} isOpen onClose={closeDialog} size="s">
      <RadioGroup
        aria-label={text("yourStatus")}
        value={choosing.variables ?? presence}
        onChange={(status) => choosing.mutate(status)}
      >
        {CHOICES.map((choice) => (
          <Radio key={choice} value={choice} className={styles.row}>
            {text(choice)}
          </Radio>
        ))}
      </RadioGroup>
    </Dialog>
  );
}
