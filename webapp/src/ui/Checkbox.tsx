import { Check } from "lucide-react";
import { Checkbox as AriaCheckbox, Switch as AriaSwitch } from "react-aria-components";
import styles from "./fields.module.css";

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  isDisabled?: boolean;
  /** The name for screen readers where no words stand beside the box. */
  label?: string;
  describedBy?: string;
  children?: React.ReactNode;
}

export function Checkbox({ checked, onChange, isDisabled, label, describedBy, children }: CheckboxProps) {
  return (
    <AriaCheckbox
      className={styles.check}
      isSelected={checked}
      onChange={onChange}
      isDisabled={isDisabled}
      aria-label={label}
      aria-describedby={describedBy}
    >
      <span className={styles.box}>{checked && <Check size={13} strokeWidth={3} aria-hidden="true" />}</span>
      {children}
    </AriaCheckbox>
  );
}

/** For what takes effect at once. */
export function Switch({ checked, onChange, isDisabled, label, describedBy, children }: CheckboxProps) {
  return (
    <AriaSwitch
      className={styles.check}
      isSelected={checked}
      onChange={onChange}
      isDisabled={isDisabled}
      aria-label={label}
      aria-describedby={describedBy}
    >
      <span className={styles.track} />
      {children}
    </AriaSwitch>
  );
}
