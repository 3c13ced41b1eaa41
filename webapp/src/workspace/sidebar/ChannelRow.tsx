import type { ChannelMembership, ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Hash, Lock, PencilLine, Siren, Users } from "lucide-react";
import { memo, use, useState } from "react";
import {
  categoriesQuery,
  hideMessages,
  isMuted,
  isUnread,
  leaveChannel,
  messageOf,
  moveChannel,
  muteChannel,
  nameOf,
  pictureOf,
  placeChannel,
  useHasDraft,
  usePresence,
  useUser,
  viewChannel,
} from "@/api";
import { Link, navigate, paths, useIsHere, useMe, useTeam } from "@/host";
import { Avatar, announcePolitely, CountBadge, IconButton, Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { useChannelPath, useOtherId } from "../channel/shown";
import { openDialog } from "../dialogs/open";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import { useChannelDrag } from "./dragging";
import { ShownOrder, stepTo } from "./order";
import styles from "./Sidebar.module.css";

interface ChannelRowProps {
  channel: ServerChannel;
  membership: ChannelMembership | undefined;
  categoryId: string;
  isIncident: boolean;
}

/** A channel in the sidebar: its name, what waits in it, and its menu while it is near. */
export const ChannelRow = memo(function ChannelRow({
  channel,
  membership,
  categoryId,
  isIncident,
}: ChannelRowProps) {
  const text = useWorkspaceText();
  const other = useUser(useOtherId(channel));
  const pathOf = useChannelPath();
  const [isNear, setIsNear] = useState(false);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const { ref, isOver } = useChannelDrag(channel.id, categoryId);
  const hasDraft = useHasDraft(channel.id);
  const name = channel.type === "D" ? (other ? nameOf(other) : "…") : channel.display_name;
  const href = pathOf(channel, other?.username ?? "");
  const mentions = membership?.mention_count ?? 0;
  const isHere = useIsHere(href);
  return (
    <li
      ref={ref}
      className={styles.item}
      data-over={isOver || undefined}
      onMouseEnter={() => setIsNear(true)}
      onMouseLeave={() => setIsNear(false)}
      onFocus={() => setIsNear(true)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setIsNear(false)}
    >
      <Link
        href={href}
        className={styles.row}
        aria-current={isHere ? "page" : undefined}
        data-unread={(!isHere && isUnread(channel, membership)) || undefined}
        data-muted={isMuted(membership) || undefined}
        draggable={false}
        onClick={closeSidebar}
      >
        <Sign channel={channel} isIncident={isIncident} />
        <span className={styles.name}>{name}</span>
        {hasDraft && !isHere && <PencilLine size={13} aria-label={text("draft")} />}
        {mentions > 0 && !isHere && (
          <CountBadge count={mentions} label={text("mentions", { count: mentions })} />
        )}
      </Link>
      {(isNear || isMenuOpen) && (
        <span className={styles.rowMenu}>
          <RowMenu
            channel={channel}
            membership={membership}
            categoryId={categoryId}
            name={name}
            onOpenChange={setIsMenuOpen}
          />
        </span>
      )}
    </li>
  );
});

function Sign({ channel, isIncident }: { channel: ServerChannel; isIncident: boolean }) {
  const otherId = useOtherId(channel);
  const other = useUser(otherId);
  const presence = usePresence(other && !other.is_bot ? otherId : "");
  if (other) return <Avatar src={pictureOf(other)} size={20} status={presence} />;
  if (isIncident) return <Siren size={15} aria-hidden="true" className={styles.incident} />;
  if (channel.type === "G") return <Users size={15} aria-hidden="true" />;
  return channel.type === "P" ? <Lock size={15} aria-hidden="true" /> : <Hash size={15} aria-hidden="true" />;
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

interface RowMenuProps {
  channel: ServerChannel;
  membership: ChannelMembership | undefined;
  categoryId: string;
  name: string;
  onOpenChange: (isOpen: boolean) => void;
}

function RowMenu({ channel, membership, categoryId, name, onOpenChange }: RowMenuProps) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const otherId = useOtherId(channel);
  const { data: categories } = useQuery(categoriesQuery(team.id));
  const favourites = categories?.categories.find((one) => one.type === "favorites");
  const home = categories?.categories.find(
    (one) => one.type === (channel.type === "D" || channel.type === "G" ? "direct_messages" : "channels"),
  );
  const isFavourite = favourites?.channel_ids.includes(channel.id) ?? false;
  const others = (categories?.categories ?? []).filter(
    (one) => one.type === "custom" && !one.channel_ids.includes(channel.id),
  );
  const isAway = home !== undefined && !isFavourite && !home.channel_ids.includes(channel.id);
  const shown = use(ShownOrder).current;
  const step = (by: -1 | 1) => {
    const beforeId = stepTo(shown, channel.id, by);
    if (beforeId === null) return;
    void placeChannel(team.id, channel.id, { categoryId, beforeId }, shown).catch(told);
    announcePolitely(text("movedTo", { name, at: shown.indexOf(channel.id) + by + 1, count: shown.length }));
  };
  const move = (categoryId: string | undefined) =>
    categoryId && void moveChannel(team.id, channel.id, { categoryId, beforeId: "" }).catch(told);
  const label = text("channelMenu", { name });
  return (
    <Menu
      label={label}
      onOpenChange={onOpenChange}
      trigger={<IconButton size="s" label={label} icon={<Ellipsis size={15} />} />}
    >
      {isUnread(channel, membership) ? (
        <MenuItem onAction={() => void viewChannel(channel.id).catch(told)}>{text("markRead")}</MenuItem>
      ) : null}
      <MenuItem onAction={() => move(isFavourite ? home?.id : favourites?.id)}>
        {text(isFavourite ? "unfavourite" : "favourite")}
      </MenuItem>
      <MenuItem onAction={() => void muteChannel(channel.id, me.id, !isMuted(membership)).catch(told)}>
        {text(isMuted(membership) ? "unmute" : "mute")}
      </MenuItem>
      <MenuSeparator />
      {categoryId !== "" && (
        <MenuItem isDisabled={stepTo(shown, channel.id, -1) === null} onAction={() => step(-1)}>
          {text("moveUp")}
        </MenuItem>
      )}
      {categoryId !== "" && (
        <MenuItem isDisabled={stepTo(shown, channel.id, 1) === null} onAction={() => step(1)}>
          {text("moveDown")}
        </MenuItem>
      )}
      {isAway && (
        <MenuItem onAction={() => move(home.id)}>
          {text("moveTo", {
            name: text(home.type === "channels" ? "channels" : "directMessages"),
          })}
        </MenuItem>
      )}
      {others.map((category) => (
        <MenuItem key={category.id} onAction={() => move(category.id)}>
          {text("moveTo", { name: category.display_name })}
        </MenuItem>
      ))}
      <MenuItem onAction={() => openDialog("category", { channelId: channel.id })}>
        {text("moveToNew")}
      </MenuItem>
      <MenuSeparator />
      {channel.type === "D" ? (
        <MenuItem onAction={() => void hideMessages(otherId).catch(told)}>{text("closeMessages")}</MenuItem>
      ) : (
        <MenuItem
          isDanger
          isDisabled={channel.name === "town-square"}
          onAction={() => {
            navigate(paths.channel(team.name, "town-square"));
            void leaveChannel(team.id, channel.id, me.id).catch(told);
          }}
        >
          {text("leave")}
        </MenuItem>
      )}
    </Menu>
  );
}
