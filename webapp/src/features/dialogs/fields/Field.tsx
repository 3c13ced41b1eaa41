import type { DialogElement } from "@mattermost/types/integrations";
import type { DialogRequest } from "@/api";
import { ComboBox, Select, TextField } from "@/ui";
import { useDialogsText } from "../text";
import { longest, type Value } from "../values";
import { Choices, Tick } from "./Choices";
import styles from "./fields.module.css";
import { LongText } from "./LongText";
import { DynamicField, PersonField, PlaceField } from "./Searched";

export interface FieldProps {
  element: DialogElement;
  request: DialogRequest;
  value: Value;
  error: string | undefined;
  autoFocus: boolean;
  onChange: (value: Value) => void;
}

/** One field of a dialog. */
export function Field(props: FieldProps) {
  return (
    <div data-field={props.element.name} className={styles.field}>
      <FieldOfItsKind {...props} />
    </div>
  );
}

function FieldOfItsKind(props: FieldProps) {
  const { element } = props;
  switch (element.type) {
    case "textarea":
      return <LongText {...props} />;
    case "select":
      return <SelectOfItsKind {...props} />;
    case "radio":
      return <Choices {...props} />;
    case "bool":
      return <Tick {...props} />;
    default:
      return <ShortText {...props} />;
  }
}

const SUBTYPES = ["email", "password", "tel", "url"] as const;

function ShortText({ element, value, error, autoFocus, onChange }: FieldProps) {
  const label = useLabel(element);
  return (
    <TextField
      label={label}
      name={element.name}
      type={SUBTYPES.find((subtype) => subtype === element.subtype) ?? "text"}
      inputMode={element.subtype === "number" ? "decimal" : undefined}
      autoComplete={element.subtype === "password" ? "new-password" : "off"}
      placeholder={element.placeholder}
      help={element.help_text || undefined}
      isRequired={!element.optional}
      maxLength={longest(element)}
      value={String(value ?? "")}
      error={error}
      autoFocus={autoFocus}
      onChange={onChange}
    />
  );
}

/** More options than these are searched. */
const FEW = 8;

function SelectOfItsKind(props: FieldProps) {
  const text = useDialogsText();
  const { element, value, error, autoFocus, onChange } = props;
  const label = useLabel(element);
  if (element.data_source === "users") return <PersonField {...props} />;
  if (element.data_source === "channels") return <PlaceField {...props} />;
  if (element.data_source === "dynamic") return <DynamicField {...props} />;
  const options = element.options?.map((option) => ({ id: String(option.value), text: option.text })) ?? [];
  const isClearable = element.optional && !element.default;
  const Kind = options.length > FEW ? ComboBox : Select;
  return (
    <>
      <Kind
        label={label}
        options={isClearable ? [{ id: "", text: text("noChoice") }, ...options] : options}
        selected={value === null ? null : String(value)}
        onSelect={(id) => onChange(id || null)}
        placeholder={element.placeholder || text("choose")}
        isRequired={!element.optional}
        error={error}
        autoFocus={autoFocus}
      />
      {element.help_text && <p className={styles.help}>{element.help_text}</p>}
    </>
  );
}

/** A field's name, with "(optional)" where it may stay empty. */
export function useLabel(element: DialogElement): string {
  const text = useDialogsText();
  return element.optional ? text("optional", { label: element.display_name }) : element.display_name;
}
