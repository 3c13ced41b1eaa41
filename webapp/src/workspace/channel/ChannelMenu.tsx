import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components";
import { isMuted, leaveChannel, membershipsQuery, messageOf, muteChannel } from "@/api";
import { navigate, paths, togglePanel, useIsNarrow, useMe, useTeam } from "@/host";
import { Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { openDialog } from "../dialogs/open";
import { useWorkspaceText } from "../text";
import styles from "./ChannelHeader.module.css";
import { useFavourite } from "./favourite";
import { useRights } from "./rights";

/** The channel's name with what can be done with it. */
export function ChannelMenu({ channel, name }: { channel: ServerChannel; name: string }) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  const { data: isQuiet = false } = useQuery({
    ...membershipsQuery(team.id),
    select: (memberships) => isMuted(memberships.get(channel.id)),
  });
  const { isFavourite, toggle } = useFavourite(channel);
  const rights = useRights(channel);
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
        {isNarrow && <MenuItem onAction={() => togglePanel("mentions")}>{text("recentMentions")}</MenuItem>}
        {isNarrow && <MenuItem onAction={() => togglePanel("saved")}>{text("savedPosts")}</MenuItem>}
        {isNarrow && (
          <MenuItem onAction={() => openDialog("move", { id: channel.id, name })}>
            {text("moveChannel")}
          </MenuItem>
        )}
        <MenuItem onAction={() => void muteChannel(channel.id, me.id, !isQuiet).catch(told)}>
          {text(isQuiet ? "unmute" : "mute")}
        </MenuItem>
        {rights.describes && (
          <MenuItem onAction={() => openDialog("channel", { id: channel.id })}>
            {text(rights.manages ? "editChannel" : "editHeader")}
          </MenuItem>
        )}
        {rights.makesPrivate && (
          <MenuItem onAction={() => openDialog("private", { id: channel.id })}>
            {text("makePrivate")}
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
        {rights.archives && (
          <MenuItem isDanger onAction={() => openDialog("archive", { id: channel.id })}>
            {text("archive")}
          </MenuItem>
        )}
      </Menu>
    </h1>
  );
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}
