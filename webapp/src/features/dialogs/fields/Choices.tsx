import { useId } from "react";
import { FieldError, Label, Radio, RadioGroup, Text } from "react-aria-components";
import { Checkbox } from "@/ui";
import { type FieldProps, useLabel } from "./Field";
import styles from "./fields.module.css";

/** One of a few, all of them seen. */
export function Choices({ element, value, error, onChange }: FieldProps) {
  const label = useLabel(element);
  return (
    <RadioGroup
      className={styles.choices}
      name={element.name}
      value={value === null ? null : String(value)}
      onChange={onChange}
      isRequired={!element.optional}
      isInvalid={error !== undefined}
    >
      <Label className={styles.label} data-required={!element.optional || undefined}>
        {label}
      </Label>
      {element.options?.map((option) => (
        <Radio key={String(option.value)} value={String(option.value)} className={styles.choice}>
          <span className={styles.dot} />
          {option.text}
        </Radio>
      ))}
      {element.help_text && (
        <Text slot="description" className={styles.help}>
          {element.help_text}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </RadioGroup>
  );
}

/** Yes or no; the words stand beside the box. */
export function Tick({ element, value, error, onChange }: FieldProps) {
  const label = useLabel(element);
  const note = useId();
  return (
    <div className={styles.choices}>
      <span className={styles.label} data-required={!element.optional || undefined}>
        {label}
      </span>
      <Checkbox
        checked={value === true}
        onChange={onChange}
        label={element.placeholder ? undefined : element.display_name}
        describedBy={error || element.help_text ? note : undefined}
      >
        {element.placeholder}
      </Checkbox>
      <p id={note} className={error ? styles.error : styles.help} role={error ? "alert" : undefined}>
        {error ?? element.help_text}
      </p>
    </div>
  );
}
