import { ChevronDown } from "lucide-react";
import { type RefObject, useContext, useId, useMemo, useRef, useState } from "react";
import {
  ComboBox as AriaComboBox,
  Select as AriaSelect,
  Button,
  ComboBoxStateContext,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  OverlayTriggerStateContext,
  Popover,
  SelectValue,
} from "react-aria-components";
import styles from "./fields.module.css";
import { useUiText } from "./text";

export interface Option {
  id: string;
  text: string;
}

export interface SelectProps {
  label: string;
  hidesLabel?: boolean;
  options: readonly Option[];
  selected: string | null;
  onSelect: (id: string | null) => void;
  placeholder?: string;
  error?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

/** One of a few; for many, or where people type, use ComboBox. */
export function Select({ label, hidesLabel, options, selected, onSelect, error, ...rest }: SelectProps) {
  return (
    <AriaSelect
      {...rest}
      className={styles.field}
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(key === null ? null : String(key))}
      isInvalid={error !== undefined}
    >
      <FieldLabel label={label} hides={hidesLabel} isRequired={rest.isRequired} />
      <Button className={styles.button}>
        <SelectValue />
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      <FieldError className={styles.error}>{error}</FieldError>
      <Popover className={styles.popover}>
        <Options options={options} />
      </Popover>
    </AriaSelect>
  );
}

export interface ComboBoxProps extends SelectProps {
  /** With it, whoever shows the box searches and gives other options; without it the given ones are filtered. */
  search?: { term: string; onSearch: (term: string) => void };
}

/** Of so many more than anybody reads through, only the first that match are drawn. */
const MOST_DRAWN = 100;

/** One of many, found by typing a part of it. */
export function ComboBox({
  label,
  hidesLabel,
  options,
  selected,
  onSelect,
  placeholder,
  error,
  search,
  ...rest
}: ComboBoxProps) {
  const [typed, setTyped] = useState("");
  const line = useRef<HTMLDivElement>(null);
  const isLong = search === undefined && options.length > MOST_DRAWN;
  const { drawn, hasMore } = useMemo(
    () => (isLong ? found(options, typed, selected) : { drawn: options, hasMore: false }),
    [isLong, options, typed, selected],
  );
  return (
    <AriaComboBox
      {...rest}
      // What is filtered here or there differs in ways that it may not change between.
      key={isLong ? "long" : "short"}
      className={styles.field}
      {...(search
        ? { items: options, inputValue: search.term, onInputChange: search.onSearch }
        : isLong
          ? { items: drawn, onInputChange: setTyped }
          : { defaultItems: options })}
      allowsEmptyCollection={search !== undefined}
      selectedKey={selected}
      onSelectionChange={(key) => {
        // Who leaves the box without a choice has nothing chosen once more.
        if (key !== null || selected !== null) onSelect(key === null ? null : String(key));
      }}
      onBlur={() => {
        if (selected === null) search?.onSearch("");
      }}
      isInvalid={error !== undefined}
      menuTrigger="focus"
    >
      <FieldLabel label={label} hides={hidesLabel} isRequired={rest.isRequired} />
      <div ref={line} className={styles.combo}>
        <Input className={styles.input} placeholder={placeholder} />
        <Button className={styles.arrow}>
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
      </div>
      <FieldError className={styles.error}>{error}</FieldError>
      <ListBelow line={line}>
        <Options hasMore={hasMore} />
      </ListBelow>
    </AriaComboBox>
  );
}

/**
 * What is open below the box. When the page is scrolled it goes with the box, and closes once that is out of sight; in
 * neither case is anything taken back of what is being typed.
 */
function ListBelow({ line, children }: { line: RefObject<HTMLElement | null>; children: React.ReactNode }) {
  const box = useContext(ComboBoxStateContext);
  const list = useRef<HTMLElement>(null);

  // Called for each step of scrolling, and by the button with which a screen reader leaves the list: pressed that way,
  // it need not take the focus from the box.
  function followOrClose() {
    const element = line.current;
    const isScrolled = window.event?.type === "scroll";
    // Popovers find their place anew when the window changes its size; there is no other way to ask them for it.
    if (isScrolled && element?.contains(document.activeElement) && isInSight(element, list.current))
      window.dispatchEvent(new Event("resize"));
    else box?.setOpen(false);
  }
  return (
    <OverlayTriggerStateContext value={box && { ...box, close: followOrClose }}>
      <Popover ref={list} className={styles.popover}>
        {children}
      </Popover>
    </OverlayTriggerStateContext>
  );
}

/** Whether the middle of it is on the screen, and under nothing else than its list, which has yet to follow it. */
function isInSight(element: HTMLElement, list: HTMLElement | null): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  const there = document.elementsFromPoint(x + width / 2, y + height / 2);
  return element.contains(there.find((one) => !list?.contains(one)) ?? null);
}

/** The first that have what was typed, and at the end what is chosen, whose words stand in the box. */
function found(options: readonly Option[], typed: string, selected: string | null) {
  const chosen = options.find(({ id }) => id === selected);
  const wanted = typed === chosen?.text ? "" : typed.toLowerCase();
  const matching: Option[] = [];
  for (const option of options) {
    if (matching.length > MOST_DRAWN) break;
    if (option.text.toLowerCase().includes(wanted)) matching.push(option);
  }
  const first = matching.slice(0, MOST_DRAWN);
  const drawn = chosen && !first.includes(chosen) ? [...first, chosen] : first;
  return { drawn, hasMore: matching.length > first.length };
}

function FieldLabel({ label, hides, isRequired }: { label: string; hides?: boolean; isRequired?: boolean }) {
  return (
    <Label className={hides ? "hidden-text" : styles.label}>
      {label}
      {isRequired && (
        <span className={styles.required} aria-hidden="true">
          *
        </span>
      )}
    </Label>
  );
}

function Options({ options, hasMore = false }: { options?: readonly Option[]; hasMore?: boolean }) {
  const text = useUiText();
  const more = useId();
  return (
    <>
      <ListBox<Option>
        className={styles.list}
        items={options}
        aria-describedby={hasMore ? more : undefined}
        renderEmptyState={() => <p className={styles.none}>{text("nothingFound")}</p>}
      >
        {(option) => (
          <ListBoxItem id={option.id} textValue={option.text} className={styles.option}>
            {option.text}
          </ListBoxItem>
        )}
      </ListBox>
      {hasMore && (
        <p id={more} className={styles.more}>
          {text("typeToNarrow", { count: MOST_DRAWN })}
        </p>
      )}
    </>
  );
}
