import { Dialog } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

const SHORTCUTS = [
  ["Ctrl K", "keySwitch"],
  ["Ctrl /", "keyShortcuts"],
  ["Enter", "keySend"],
  ["Shift Enter", "keyLine"],
  ["↑", "keyEditLast"],
  ["↑ ↓", "keyWalk"],
  ["Tab", "keyComplete"],
  ["Esc", "keyEscape"],
] as const;

export default function ShortcutsDialog() {
  const text = useWorkspaceText();
  return (
    <Dialog title={text("shortcuts")} isOpen onClose={closeDialog} size="s">
      <dl className={styles.keys}>
        {SHORTCUTS.map(([keys, what]) => (
          <Line key={what} keys={keys} what={text(what)} />
        ))}
      </dl>
    </Dialog>
  );
}

function Line({ keys, what }: { keys: string; what: string }) {
  return (
    <>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{what}</dd>
    </>
  );
}
