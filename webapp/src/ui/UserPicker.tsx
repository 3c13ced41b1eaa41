import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from "react-aria-components";
import { Avatar } from "./Avatar";
import styles from "./fields.module.css";
import { DialogTrigger, PopoverPanel } from "./Popover";
import { useUiText } from "./text";
import own from "./UserPicker.module.css";

export interface PickableUser {
  id: string;
  picture: string;
  /** How the person is shown and found: "@ana Ana Lima (annie)". */
  text: string;
}

export interface UserPickerProps {
  label: string;
  /** The button that opens it. */
  trigger: React.ReactNode;
  users: readonly PickableUser[];
  selected: string | null;
  onPick: (id: string) => void;
  /** A choice before all people, such as "No Assignee". */
  reset?: { text: string; onPress: () => void };
  isLoading?: boolean;
  /** With it, whoever shows the picker searches; without it the given users are filtered here. */
  onSearch?: (term: string) => void;
}

const RESET = "reset";

/** A button that opens a searchable list of people. Picking who is picked already only closes it. */
export function UserPicker({
  label,
  trigger,
  users,
  selected,
  onPick,
  reset,
  isLoading,
  onSearch,
}: UserPickerProps) {
  const text = useUiText();
  const { contains } = useFilter({ sensitivity: "base" });
  return (
    <DialogTrigger>
      {trigger}
      <PopoverPanel label={label} width="m" placement="bottom start">
        {({ close }) => (
          <Autocomplete filter={onSearch ? undefined : contains} onInputChange={onSearch}>
            <SearchField aria-label={text("search")} autoFocus className={own.search}>
              <Input className={styles.input} placeholder={text("search")} />
            </SearchField>
            <ListBox
              aria-label={label}
              className={`${styles.list} ${own.list}`}
              selectionMode="single"
              selectedKeys={selected === null ? [] : [selected]}
              disallowEmptySelection={selected !== null}
              onSelectionChange={(keys) => {
                const id = keys === "all" ? undefined : [...keys][0];
                if (id === RESET) reset?.onPress();
                else if (id !== undefined && id !== selected) onPick(String(id));
                close();
              }}
              renderEmptyState={() => (
                <p className={styles.none}>{isLoading ? text("loading") : text("nothingFound")}</p>
              )}
            >
              {reset && (
                <ListBoxItem id={RESET} textValue={reset.text} className={`${styles.option} ${own.reset}`}>
                  {reset.text}
                </ListBoxItem>
              )}
              {users.map((user) => (
                <ListBoxItem key={user.id} id={user.id} textValue={user.text} className={styles.option}>
                  <Avatar src={user.picture} size={24} />
                  <span>{user.text}</span>
                </ListBoxItem>
              ))}
            </ListBox>
          </Autocomplete>
        )}
      </PopoverPanel>
    </DialogTrigger>
  );
}
