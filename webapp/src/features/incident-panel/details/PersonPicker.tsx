import type { UserProfile } from "@mattermost/types/users";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { chat, keys, listedAs, nameOf, pictureOf, remember, useUser } from "@/api";
import { useMe } from "@/host";
import { Avatar, UserPicker } from "@/ui";
import { useIncidentPanelText } from "../text";
import styles from "./PersonPicker.module.css";

interface PersonPickerProps {
  label: string;
  channelId: string;
  selected: string;
  isReadOnly: boolean;
  onPick: (id: string) => void;
  /** With it, nobody may be chosen as well. */
  onReset?: () => void;
  size: 20 | 24;
}

const FIRST = 200;

/** Somebody of the channel: shown, and chosen from a list that has oneself first. */
export function PersonPicker({
  label,
  channelId,
  selected,
  isReadOnly,
  onPick,
  onReset,
  size,
}: PersonPickerProps) {
  const text = useIncidentPanelText();
  const me = useMe();
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
  const people = useQuery({
    queryKey: keys.channelPeople(channelId),
    queryFn: async () => {
      const profiles = await chat.getProfilesInChannel(channelId, 0, FIRST);
      remember(...profiles);
      return profiles.filter((profile) => !profile.is_bot && profile.delete_at === 0);
    },
    enabled: !isReadOnly,
  });
  const isLarge = (people.data?.length ?? 0) >= FIRST;
  const found = useQuery({
    queryKey: [...keys.channelPeople(channelId), term],
    queryFn: () => chat.searchUsers(term, { in_channel_id: channelId, limit: FIRST }),
    enabled: isLarge && term !== "",
  });
  if (isReadOnly) return <span className={styles.shown}>{shown}</span>;
  const users = isLarge && term !== "" ? (found.data ?? []) : (people.data ?? []);
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
      users={selfFirst(users, me.id).map((user) => ({
        id: user.id,
        picture: pictureOf(user),
        text: user.id === me.id ? text("assignToMe", { user: listedAs(user) }) : listedAs(user),
      }))}
      selected={selected || null}
      isLoading={people.isLoading || found.isLoading}
      onPick={onPick}
      onSearch={isLarge ? setTerm : undefined}
      reset={onReset && selected !== "" ? { text: text("noAssignee"), onPress: onReset } : undefined}
    />
  );
}

function selfFirst(users: readonly UserProfile[], me: string): UserProfile[] {
  return [...users].sort(
    (a, b) => Number(b.id === me) - Number(a.id === me) || a.username.localeCompare(b.username),
  );
}
