import type { UserProfile } from "@mattermost/types/users";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import { chat, messageOf, nameOf, openMessages, pictureOf, remember, savePreference } from "@/api";
import { navigate, paths, useMe, useTeam } from "@/host";
import { Avatar, Banner, Button, Dialog } from "@/ui";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

const MOST_PEOPLE = 7;

/** Messages to one person, or to a group of up to seven. */
export default function MessageDialog() {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const [term, setTerm] = useState("");
  const [chosen, setChosen] = useState<readonly UserProfile[]>([]);
  const { data: found, isPending } = useQuery({
    queryKey: ["people", team.id, term],
    queryFn: async () => {
      const { users } = await chat.autocompleteUsers(term, team.id, "");
      remember(...users);
      return users;
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const opening = useMutation({
    mutationFn: async () => {
      const channel = await openMessages(
        team.id,
        me.id,
        chosen.map((user) => user.id),
      );
      const [first] = chosen;
      if (channel.type === "D" && first) await savePreference("direct_channel_show", first.id, "true");
      return channel.type === "D" && first
        ? paths.message(team.name, first.username)
        : paths.group(team.name, channel.name);
    },
    onSuccess: (path) => {
      closeDialog();
      closeSidebar();
      navigate(path);
    },
  });
  const toggle = (id: string) => {
    const user = found?.find((one) => one.id === id);
    setTerm("");
    setChosen((before) =>
      before.some((one) => one.id === id)
        ? before.filter((one) => one.id !== id)
        : [...before, ...(user ? [user] : [])].slice(0, MOST_PEOPLE),
    );
  };
  return (
    <Dialog
      title={text("newMessage")}
      isOpen
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{text("cancel")}</Button>
          <Button
            variant="primary"
            isDisabled={chosen.length === 0}
            isPending={opening.isPending}
            onPress={() => opening.mutate()}
          >
            {text("open")}
          </Button>
        </>
      }
    >
      {opening.error && <Banner tone="danger">{messageOf(opening.error) ?? text("notSaved")}</Banner>}
      <Autocomplete inputValue={term} onInputChange={setTerm}>
        <SearchField aria-label={text("searchPeople")} autoFocus>
          <Input className={styles.input} placeholder={text("searchPeople")} />
        </SearchField>
        <div className={styles.chosen}>
          {chosen.map((user) => (
            <Button key={user.id} size="s" icon={<X size={13} />} onPress={() => toggle(user.id)}>
              {nameOf(user)}
            </Button>
          ))}
        </div>
        <ListBox
          aria-label={text("people")}
          className={styles.list}
          items={(found ?? []).filter((user) => !chosen.includes(user))}
          onAction={(id) => toggle(String(id))}
          renderEmptyState={() => (
            <p className={styles.none}>{text(isPending ? "loading" : "nothingFound")}</p>
          )}
        >
          {(user) => (
            <ListBoxItem id={user.id} textValue={user.username} className={styles.row}>
              <Avatar src={pictureOf(user)} size={24} />
              <span className={styles.name}>{nameOf(user)}</span>
              <span className={styles.hint}>@{user.username}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
