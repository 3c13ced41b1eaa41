import type { UserProfile } from "@mattermost/types/users";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { type Incident, listedAs, nameOf, pictureOf, useUser } from "@/api";
import { useMe } from "@/host";
import { Avatar, UserPicker } from "@/ui";
import { useSayFailure } from "../failure";
import { useIncidentPanelText } from "../text";
import styles from "./PersonPicker.module.css";
import { usePeople } from "./usePeople";

interface PersonPickerProps {
  label: string;
  incident: Incident;
  selected: string;
  isReadOnly: boolean;
  onPick: (id: string) => void;
  /** With it, nobody may be chosen as well. */
  onReset?: () => void;
  size: 20 | 24;
}

/** Somebody of the incident: shown, and chosen from a list that has oneself first. */
export function PersonPicker({
  label,
  incident,
  selected,
  isReadOnly,
  onPick,
  onReset,
  size,
}: PersonPickerProps) {
  const text = useIncidentPanelText();
  const me = useMe();
  const sayFailure = useSayFailure();
  const person = useUser(selected);
  const [term, setTerm] = useState("");
  const shown = person ? (
    <>
      <Avatar src={pictureOf(person)} size={size} />
      <span className={styles.name}>{nameOf(person)}</span>
    </>
  ) : (
    <span className={styles.none}>{selected === "" ? text("noAssignee") : "…"}</span>
  );
  const people = usePeople(incident, term, !isReadOnly);
  if (isReadOnly) return <span className={styles.shown}>{shown}</span>;
  const labelOf = (user: UserProfile) => {
    if (!people.isIn(user.id)) return text("addAndChoose", { user: listedAs(user) });
    return user.id === me.id ? text("assignToMe", { user: listedAs(user) }) : listedAs(user);
  };
  return (
    <UserPicker
      label={label}
      trigger={
        <Button
          className={styles.button}
          aria-label={`${label}: ${person ? nameOf(person) : text("noAssignee")}`}
        >
          {shown}
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
      users={selfFirst(people.users, me.id, people.isIn).map((user) => ({
        id: user.id,
        picture: pictureOf(user),
        text: labelOf(user),
      }))}
      selected={selected || null}
      isLoading={people.isLoading}
      onPick={(id) => void people.let(id).then(() => onPick(id), sayFailure)}
      onSearch={people.isSearched ? setTerm : undefined}
      reset={onReset && selected !== "" ? { text: text("noAssignee"), onPress: onReset } : undefined}
    />
  );
}

function selfFirst(users: readonly UserProfile[], me: string, isIn: (id: string) => boolean): UserProfile[] {
  return [...users].sort(
    (a, b) =>
      Number(b.id === me) - Number(a.id === me) ||
      Number(isIn(b.id)) - Number(isIn(a.id)) ||
      a.username.localeCompare(b.username),
  );
}
