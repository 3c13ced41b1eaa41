import type { ServerChannel } from "@mattermost/types/channels";
import type { UserProfile } from "@mattermost/types/users";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Hash, Lock, Users } from "lucide-react";
import { useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import {
  cache,
  channelsQuery,
  chat,
  isUnread,
  joinChannel,
  keys,
  membershipsQuery,
  messageOf,
  nameOf,
  pictureOf,
  remember,
} from "@/api";
import { navigate, paths, useMe, useTeam } from "@/host";
import { Avatar, Badge, Dialog, toast } from "@/ui";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

interface Target {
  id: string;
  name: string;
  hint: string;
  go: () => void;
  drawIcon: () => React.ReactNode;
  isUnread: boolean;
  at: number;
}

const MOST = 40;

/** Ctrl+K: type a part of a name, press Enter, be there. */
export default function SwitchDialog() {
  const text = useWorkspaceText();
  const [term, setTerm] = useState("");
  const targets = useTargets(term);
  return (
    <Dialog title={text("findChannel")} isOpen onClose={closeDialog}>
      <Autocomplete inputValue={term} onInputChange={setTerm}>
        <SearchField aria-label={text("findChannel")} autoFocus>
          <Input className={styles.input} placeholder={text("findHint")} />
        </SearchField>
        <ListBox
          aria-label={text("channels")}
          className={styles.list}
          items={targets}
          onAction={(id) => {
            closeDialog();
            closeSidebar();
            targets.find((one) => one.id === id)?.go();
          }}
          renderEmptyState={() => <p className={styles.none}>{text("nothingFound")}</p>}
        >
          {(target) => (
            <ListBoxItem id={target.id} textValue={target.name} className={styles.row}>
              {target.drawIcon()}
              <span className={styles.name}>{target.name}</span>
              <span className={styles.hint}>{target.hint}</span>
              {target.isUnread && <Badge tone="accent">{text("unread")}</Badge>}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}

function useTargets(term: string): Target[] {
  const me = useMe();
  const team = useTeam();
  const { data: channels } = useQuery(channelsQuery(team.id));
  const { data: memberships } = useQuery(membershipsQuery(team.id));
  const { data: found } = useQuery({
    queryKey: ["switch", team.id, term],
    queryFn: async () => {
      const [users, all] = await Promise.all([
        chat.autocompleteUsers(term, team.id, ""),
        chat.autocompleteChannels(team.id, term),
      ]);
      remember(...users.users);
      return { users: users.users, channels: all as ServerChannel[] };
    },
    enabled: term !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const wanted = term.toLowerCase();
  const matches = (name: string) => name.toLowerCase().includes(wanted);
  const unread = (channel: ServerChannel) => isUnread(channel, memberships?.get(channel.id));
  const mine = [...(channels?.values() ?? [])];

  const people = new Map((found?.users ?? []).map((user) => [user.id, user]));
  const direct = mine.filter((channel) => channel.type === "D");
  for (const channel of direct) {
    const id = channel.name.split("__").find((one) => one !== me.id) ?? me.id;
    const user = cache.getQueryData<UserProfile | null>(keys.user(id));
    if (user && (matches(user.username) || matches(nameOf(user)))) people.set(id, user);
  }
  const targets = [
    ...mine
      .filter((one) => one.type !== "D" && (matches(one.display_name) || matches(one.name)))
      .map((one) => aChannel(one, team.name, unread(one), () => undefined)),
    ...(found?.channels ?? [])
      .filter((one) => !channels?.has(one.id))
      .map((one) =>
        aChannel(one, team.name, false, () => void joinChannel(team.id, one.id, me.id).catch(told)),
      ),
    ...[...people.values()].map((user) => {
      const pair = [me.id, user.id].sort().join("__");
      const channel = direct.find((one) => one.name === pair);
      return aPerson(user, team.name, channel?.last_post_at ?? 0, channel !== undefined && unread(channel));
    }),
  ];
  const ranked = targets.map((target) => ({
    target,
    rank: 2 * Number(target.isUnread) + Number(target.name.toLowerCase().startsWith(wanted)),
  }));
  ranked.sort((a, b) => b.rank - a.rank || b.target.at - a.target.at);
  return ranked.slice(0, MOST).map(({ target }) => target);
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

function aChannel(channel: ServerChannel, team: string, unread: boolean, before: () => void): Target {
  const Icon = channel.type === "G" ? Users : channel.type === "P" ? Lock : Hash;
  return {
    id: channel.id,
    name: channel.display_name,
    hint: channel.type === "G" ? "" : `~${channel.name}`,
    drawIcon: () => <Icon size={16} aria-hidden="true" />,
    go: () => {
      before();
      navigate(channel.type === "G" ? paths.group(team, channel.name) : paths.channel(team, channel.name));
    },
    isUnread: unread,
    at: channel.last_post_at,
  };
}

function aPerson(user: UserProfile, team: string, at: number, unread: boolean): Target {
  return {
    id: user.id,
    name: nameOf(user),
    hint: `@${user.username}`,
    drawIcon: () => <Avatar src={pictureOf(user)} size={24} />,
    go: () => navigate(paths.message(team, user.username)),
    isUnread: unread,
    at,
  };
}
