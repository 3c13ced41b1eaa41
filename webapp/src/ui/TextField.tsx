import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from "react-aria-components";
import styles from "./fields.module.css";

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, "className" | "style" | "children" | "isInvalid" | "validate"> {
  label: string;
  /** Keeps the label for screen readers only. */
  hidesLabel?: boolean;
  placeholder?: string;
  help?: string;
  /** What is wrong with the text; tied to the field and announced. */
  error?: string;
  /** Several lines: how many are shown. */
  rows?: number;
}

export function TextField({ label, hidesLabel, placeholder, help, error, rows, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} className={styles.field} isInvalid={error !== undefined}>
      <Label className={hidesLabel ? "hidden-text" : styles.label}>
        {label}
        {rest.isRequired && (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </Label>
      {rows === undefined ? (
        <Input className={styles.input} placeholder={placeholder} />
      ) : (
        <TextArea className={styles.input} placeholder={placeholder} rows={rows} />
      )}
      {help !== undefined && (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  );
}
