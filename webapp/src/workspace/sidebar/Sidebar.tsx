import type { ChannelMembership, ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Hash, Lock, LogOut } from "lucide-react";
import { cache, channelsQuery, chat, membershipsQuery, nameOf, pictureOf, useUser } from "@/api";
import {
  Link,
  type MainMenuEntry,
  mainMenuEntries,
  navigate,
  paths,
  useAddress,
  useMe,
  useTeam,
} from "@/host";
import { Avatar, CountBadge, IconButton, Menu, MenuItem, MenuSeparator } from "@/ui";
import { closeSidebar } from "../shell/Shell";
import { useWorkspaceText } from "../text";
import styles from "./Sidebar.module.css";

/** The left-hand side: the team and its menu, and the channels one is in. */
export function Sidebar() {
  const text = useWorkspaceText();
  const team = useTeam();
  const { data: channels } = useQuery(channelsQuery(team.id));
  const { data: memberships } = useQuery(membershipsQuery(team.id));
  const mine = [...(channels?.values() ?? [])].sort((a, b) => a.display_name.localeCompare(b.display_name));
  const row = (channel: ServerChannel) => (
    <ChannelRow key={channel.id} channel={channel} membership={memberships?.get(channel.id)} />
  );
  return (
    <nav className={styles.sidebar} aria-label={text("sidebar")}>
      <header className={styles.team}>
        <span className={styles.teamName}>{team.displayName}</span>
        <MainMenu />
      </header>
      <div className={styles.lists}>
        <h2 className={styles.heading}>{text("channels")}</h2>
        <ul>{mine.filter((channel) => channel.type === "O" || channel.type === "P").map(row)}</ul>
        <h2 className={styles.heading}>{text("directMessages")}</h2>
        <ul>{mine.filter((channel) => channel.type === "D" || channel.type === "G").map(row)}</ul>
      </div>
    </nav>
  );
}

function MainMenu() {
  const text = useWorkspaceText();
  return (
    <Menu
      label={text("mainMenu")}
      trigger={<IconButton label={text("mainMenu")} icon={<ChevronDown size={18} />} />}
    >
      {mainMenuEntries().map((entry) => (
        <ContributedItem key={entry.id} entry={entry} />
      ))}
      <MenuSeparator />
      <MenuItem icon={<LogOut size={16} />} onAction={() => void signOut()}>
        {text("signOut")}
      </MenuItem>
    </Menu>
  );
}

function ContributedItem({ entry }: { entry: MainMenuEntry }) {
  const words = entry.useText();
  const isShown = entry.useIsShown?.() ?? true;
  if (!isShown) return null;
  return (
    <MenuItem
      icon={entry.icon}
      onAction={() => {
        closeSidebar();
        entry.onAction();
      }}
    >
      {words}
    </MenuItem>
  );
}

async function signOut(): Promise<void> {
  await chat.logout();
  cache.clear();
  navigate(paths.signIn, { replace: true });
}

function ChannelRow({
  channel,
  membership,
}: {
  channel: ServerChannel;
  membership: ChannelMembership | undefined;
}) {
  const text = useWorkspaceText();
  const team = useTeam();
  const address = useAddress();
  const me = useMe();
  const otherId = channel.type === "D" ? (channel.name.split("__").find((id) => id !== me.id) ?? me.id) : "";
  const other = useUser(otherId);
  const name = channel.type === "D" ? (other ? nameOf(other) : "…") : channel.display_name;
  const href =
    channel.type === "D"
      ? paths.message(team.name, other?.username ?? "")
      : channel.type === "G"
        ? paths.group(team.name, channel.name)
        : paths.channel(team.name, channel.name);
  const mentions = membership?.mention_count ?? 0;
  const isUnread =
    mentions > 0 || (membership !== undefined && channel.total_msg_count > membership.msg_count);
  return (
    <li>
      <Link
        href={href}
        className={styles.row}
        aria-current={address.path === href ? "page" : undefined}
        data-unread={isUnread || undefined}
        onClick={closeSidebar}
      >
        {other ? (
          <Avatar src={pictureOf(other)} size={20} />
        ) : channel.type === "P" ? (
          <Lock size={15} aria-hidden="true" />
        ) : (
          <Hash size={15} aria-hidden="true" />
        )}
        <span className={styles.name}>{name}</span>
        {mentions > 0 && <CountBadge count={mentions} label={text("mentions", { count: mentions })} />}
      </Link>
    </li>
  );
}
