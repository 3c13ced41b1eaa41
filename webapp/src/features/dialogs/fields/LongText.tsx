import { useState } from "react";
import { Button, Markdown, TextField } from "@/ui";
import { useDialogsText } from "../text";
import { longest } from "../values";
import { type FieldProps, useLabel } from "./Field";
import styles from "./fields.module.css";

/** From here on the room that is left is said. */
const NEARLY_FULL = 100;

/** Several lines, and what they will look like. */
export function LongText({ element, value, error, autoFocus, onChange }: FieldProps) {
  const text = useDialogsText();
  const label = useLabel(element);
  const [isPreview, setIsPreview] = useState(false);
  const written = String(value ?? "");
  const left = longest(element) - written.length;
  const room = left <= NEARLY_FULL ? text("charactersLeft", { count: left }) : undefined;
  return (
    <div className={styles.long}>
      {isPreview ? (
        <>
          <span className={styles.label}>{label}</span>
          <div className={styles.preview}>
            {written.trim() ? <Markdown>{written}</Markdown> : <p>{text("previewEmpty")}</p>}
          </div>
        </>
      ) : (
        <TextField
          label={label}
          name={element.name}
          rows={6}
          placeholder={element.placeholder}
          help={room ?? (element.help_text || undefined)}
          isRequired={!element.optional}
          maxLength={longest(element)}
          value={written}
          error={error}
          autoFocus={autoFocus}
          onChange={onChange}
        />
      )}
      <span className={styles.toggle}>
        <Button variant="quiet" size="s" onPress={() => setIsPreview(!isPreview)}>
          {text(isPreview ? "write" : "preview")}
        </Button>
      </span>
    </div>
  );
}
