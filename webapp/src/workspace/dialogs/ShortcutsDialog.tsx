import { Dialog } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

/** Where keys mean something, and what. Whoever makes a key mean something writes it here. */
const SHORTCUTS = [
  {
    where: "keysAnywhere",
    keys: [
      ["Ctrl K", "keySwitch"],
      ["Ctrl /", "keyShortcuts"],
      ["Esc", "keyClose"],
    ],
  },
  {
    where: "keysWriting",
    keys: [
      ["Enter", "keySend"],
      ["Shift Enter", "keyLine"],
      ["↑", "keyEditLast"],
      ["↑ ↓", "keyChoose"],
      ["Tab", "keyComplete"],
      ["Esc", "keyLeave"],
    ],
  },
  {
    where: "keysReading",
    keys: [
      ["↑ ↓", "keyWalk"],
      ["Esc", "keyLatest"],
    ],
  },
  {
    where: "keysElsewhere",
    keys: [
      ["↑ ↓", "keyMoveTask"],
      ["Space", "keyLift"],
      ["↑ ↓", "keyMoveLifted"],
      ["Esc", "keyPutBack"],
      ["Ctrl Enter", "keySubmit"],
    ],
  },
] as const;

const CONTROL = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

export default function ShortcutsDialog() {
  const text = useWorkspaceText();
  return (
    <Dialog title={text("shortcuts")} isOpen onClose={closeDialog}>
      {SHORTCUTS.map(({ where, keys }) => (
        <section key={where} aria-label={text(where)}>
          <h3 className={styles.keysWhere}>{text(where)}</h3>
          <dl className={styles.keys}>
            {keys.map(([pressed, what]) => (
              <Line key={what} keys={pressed.replace("Ctrl", CONTROL)} what={text(what)} />
            ))}
          </dl>
        </section>
      ))}
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
