import { useState } from "react";
import { Markdown, TextField } from "@/ui";
import { usePlaybooksText } from "../text";
import styles from "./MarkdownField.module.css";

export interface MarkdownFieldProps {
  label: string;
  hidesLabel?: boolean;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  rows: number;
  autoFocus?: boolean;
  onBlur?: () => void;
}

/** A field for Markdown that shows on request how it will look. */
export function MarkdownField({ value, label, ...rest }: MarkdownFieldProps) {
  const text = usePlaybooksText();
  const [isPreview, setPreview] = useState(false);
  return (
    <div className={styles.around}>
      {isPreview ? (
        <section className={styles.preview} aria-label={text("previewOf", { label })}>
          {value.trim() === "" ? (
            <p className={styles.nothing}>{text("nothingToShow")}</p>
          ) : (
            <Markdown>{value}</Markdown>
          )}
        </section>
      ) : (
        <TextField label={label} value={value} {...rest} />
      )}
      <div className={styles.modes}>
        <span>{text("markdownWorks")}</span>
        <button
          type="button"
          className={styles.mode}
          aria-pressed={isPreview}
          // Leaving the field by this press would take it away first.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setPreview(!isPreview)}
        >
          {text(isPreview ? "write" : "preview")}
        </button>
      </div>
    </div>
  );
}
