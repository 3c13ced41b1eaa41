import { useEffect, useRef } from "react";
import { Avatar } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./SuggestionList.module.css";
import type { Suggestion } from "./suggestions";

interface SuggestionListProps {
  id: string;
  suggestions: readonly Suggestion[];
  chosen: number;
  onChoose: (suggestion: Suggestion) => void;
}

/** Above the box while a word can be completed. The focus stays in the box, which names the chosen one. */
export function SuggestionList({ id, suggestions, chosen, onChoose }: SuggestionListProps) {
  const text = useWorkspaceText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <div className={styles.list} role="listbox" id={id} aria-label={text("suggestions")} ref={list}>
      {suggestions.map((one, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the box
        <div
          key={one.id}
          id={`${id}-${at}`}
          className={styles.option}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
        >
          {one.picture !== undefined && <Avatar src={one.picture} size={24} />}
          {one.sign !== undefined && <span className={styles.sign}>{one.sign}</span>}
          <span className={styles.title}>{one.title}</span>
          <span className={styles.hint}>{one.hint}</span>
        </div>
      ))}
    </div>
  );
}
