import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { Bookmark, ChevronDown, Menu as MenuIcon, Pin, Search, Star, Users } from "lucide-react";
import { Button } from "react-aria-components";
import {
  categoriesQuery,
  isMuted,
  leaveChannel,
  membershipsQuery,
  messageOf,
  moveChannel,
  muteChannel,
  statsQuery,
} from "@/api";
import {
  channelHeaderButtons,
  navigate,
  paths,
  togglePanel,
  useIsNarrow,
  useMe,
  useOpenPanelId,
  useTeam,
} from "@/host";
import { IconButton, Markdown, Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { openDialog } from "../dialogs/open";
import { openSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./ChannelHeader.module.css";

/** What a channel is called and is about, and what can be seen of it beside the talk. */
export function ChannelHeader({ channel, name }: { channel: ServerChannel; name: string }) {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  const panel = useOpenPanelId();
  const { data: stats } = useQuery(statsQuery(channel.id));
  return (
    <header className={styles.header}>
      {isNarrow && (
        <IconButton label={text("openSidebar")} icon={<MenuIcon size={20} />} onPress={openSidebar} />
      )}
      <div className={styles.what}>
        <div className={styles.first}>
          {!isNarrow && <FavouriteButton channel={channel} />}
          <ChannelMenu channel={channel} name={name} />
        </div>
        {channel.header !== "" && !isNarrow && (
          <div className={styles.about}>
            <Markdown inline>{channel.header}</Markdown>
          </div>
        )}
      </div>
      {channelHeaderButtons().map(({ id, Button: Contributed }) => (
        <Contributed key={id} channelId={channel.id} />
      ))}
      {!isNarrow && channel.type !== "D" && (
        <IconButton
          label={text("members")}
          icon={<Users size={17} />}
          count={stats?.member_count}
          isOn={panel === "members"}
          onPress={() => togglePanel("members")}
        />
      )}
      {!isNarrow && (
        <IconButton
          label={text("pinnedPosts")}
          icon={<Pin size={17} />}
          count={stats?.pinnedpost_count || undefined}
          isOn={panel === "pinned"}
          onPress={() => togglePanel("pinned")}
        />
      )}
      {!isNarrow && (
        <IconButton
          label={text("savedPosts")}
          icon={<Bookmark size={17} />}
          isOn={panel === "saved"}
          onPress={() => togglePanel("saved")}
        />
      )}
      <IconButton
        label={text("search")}
        icon={<Search size={17} />}
        isOn={panel === "search"}
        onPress={() => togglePanel("search")}
      />
    </header>
  );
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

function useFavourite(channel: ServerChannel) {
  const team = useTeam();
  const { data } = useQuery(categoriesQuery(team.id));
  const favourites = data?.categories.find((one) => one.type === "favorites");
  const isDirect = channel.type === "D" || channel.type === "G";
  const home = data?.categories.find((one) => one.type === (isDirect ? "direct_messages" : "channels"));
  const isFavourite = favourites?.channel_ids.includes(channel.id) ?? false;
  const to = isFavourite ? home?.id : favourites?.id;
  const toggle = () => {
    if (to) void moveChannel(team.id, channel.id, { categoryId: to, beforeId: "" }).catch(told);
  };
  return { isFavourite, toggle };
}

function FavouriteButton({ channel }: { channel: ServerChannel }) {
  const text = useWorkspaceText();
  const { isFavourite, toggle } = useFavourite(channel);
  return (
    <IconButton
      size="s"
      label={text(isFavourite ? "unfavourite" : "favourite")}
      icon={<Star size={15} fill={isFavourite ? "currentColor" : "none"} />}
      onPress={toggle}
    />
  );
}

function ChannelMenu({ channel, name }: { channel: ServerChannel; name: string }) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  const membership = useQuery(membershipsQuery(team.id)).data?.get(channel.id);
  const { isFavourite, toggle } = useFavourite(channel);
  const isNamed = channel.type === "O" || channel.type === "P";
  return (
    <h1 className={styles.heading}>
      <Menu
        label={text("channelMenu", { name })}
        placement="bottom start"
        trigger={
          <Button className={styles.name}>
            <span>{name}</span>
            <ChevronDown size={15} aria-hidden="true" />
          </Button>
        }
      >
        {isNarrow && <MenuItem onAction={toggle}>{text(isFavourite ? "unfavourite" : "favourite")}</MenuItem>}
        {isNarrow && <MenuItem onAction={() => togglePanel("members")}>{text("members")}</MenuItem>}
        {isNarrow && <MenuItem onAction={() => togglePanel("pinned")}>{text("pinnedPosts")}</MenuItem>}
        {isNarrow && <MenuItem onAction={() => togglePanel("saved")}>{text("savedPosts")}</MenuItem>}
        <MenuItem onAction={() => void muteChannel(channel.id, me.id, !isMuted(membership)).catch(told)}>
          {text(isMuted(membership) ? "unmute" : "mute")}
        </MenuItem>
        {isNamed && (
          <MenuItem onAction={() => openDialog("channel", { id: channel.id })}>
            {text("editChannel")}
          </MenuItem>
        )}
        {channel.type !== "D" && <MenuSeparator />}
        {channel.type !== "D" && (
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
    </h1>
  );
}
