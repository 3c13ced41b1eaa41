import { useState } from "react";
import { GridLayout, ListBox, ListBoxItem, Size, Virtualizer } from "react-aria-components";
import { Spinner, TextField } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./EmojiGrid.module.css";
import { type Emoji, foundEmojis, useEmojis } from "./emoji";

const MOST_FOUND = 200;
const CELL = new Size(36, 36);

/** All emoji, searched by name, label and keyword. */
export default function EmojiGrid({ onPick }: { onPick: (name: string, unicode: string) => void }) {
  const text = useWorkspaceText();
  const [term, setTerm] = useState("");
  const set = useEmojis();
  if (!set) return <Spinner label={text("loading")} />;
  const shown = term === "" ? set.all : foundEmojis(set, term, MOST_FOUND);
  const pick = (emoji: Emoji | undefined) => emoji && onPick(emoji.name, emoji.unicode);
  return (
    <div className={styles.picker}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          pick(shown[0]);
        }}
      >
        <TextField
          label={text("searchEmoji")}
          hidesLabel
          placeholder={text("searchEmoji")}
          autoFocus
          value={term}
          onChange={setTerm}
        />
      </form>
      <Virtualizer
        layout={GridLayout}
        layoutOptions={{ minItemSize: CELL, maxItemSize: CELL, minSpace: new Size(2, 2) }}
      >
        <ListBox
          aria-label={text("emojis")}
          className={styles.grid}
          layout="grid"
          items={shown}
          onAction={(key) => pick(set.byName.get(String(key)))}
        >
          {(emoji) => (
            <ListBoxItem id={emoji.name} textValue={emoji.label} className={styles.cell}>
              <span aria-hidden="true">{emoji.unicode}</span>
              <span className="hidden-text">{emoji.label}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Virtualizer>
    </div>
  );
}
