import { Pencil } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import styles from "./EditableText.module.css";

export interface EditableTextProps {
  /** The field's name for screen readers. */
  label: string;
  value: string;
  placeholder: string;
  onChange: (value: string) => void;
  /** A blank is refused: what was there before stays. */
  isRequired?: boolean;
  look: "title" | "description" | "stage";
}

/** Words that a press turns into a field. Enter and leaving the field keep what was typed, Escape does not. */
export function EditableText({ label, value, placeholder, onChange, isRequired, look }: EditableTextProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const returns = useRef(false);
  const isEdited = typed !== null;
  useEffect(() => {
    if (isEdited || !returns.current) return;
    returns.current = false;
    button.current?.focus();
  }, [isEdited]);
  const keep = () => {
    const kept = typed?.trim() ?? "";
    if (kept !== value && (kept !== "" || !isRequired)) onChange(kept);
    setTyped(null);
  };
  if (typed !== null) {
    return (
      <input
        className={styles.field}
        data-look={look}
        aria-label={label}
        placeholder={placeholder}
        maxLength={1024}
        value={typed}
        // biome-ignore lint/a11y/noAutofocus: it appears at the press that asked for it
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
          event.preventDefault();
          returns.current = true;
          if (event.key === "Enter") keep();
          else setTyped(null);
        }}
      />
    );
  }
  return (
    <button
      ref={button}
      type="button"
      className={styles.words}
      data-look={look}
      aria-label={`${label}: ${value || placeholder}`}
      onClick={() => setTyped(value)}
    >
      <span className={styles.text} data-blank={value === "" || undefined}>
        {value || placeholder}
      </span>
      <Pencil size={look === "title" ? 16 : 13} className={styles.pencil} aria-hidden="true" />
    </button>
  );
}
