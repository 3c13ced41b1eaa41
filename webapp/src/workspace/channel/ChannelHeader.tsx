import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { AtSign, Bookmark, Menu as MenuIcon, Pin, Search, Star, Users } from "lucide-react";
import { memo } from "react";
import { statsQuery } from "@/api";
import { channelHeaderButtons, togglePanel, useIsNarrow, useMe, useOpenPanelId } from "@/host";
import { IconButton, Markdown } from "@/ui";
import { openSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./ChannelHeader.module.css";
import { ChannelMenu } from "./ChannelMenu";
import { useFavourite } from "./favourite";

interface ChannelHeaderProps {
  channel: ServerChannel;
  name: string;
  /** One is not in the channel: what only members may is left out. */
  isOutside?: boolean;
}

// The same at each drawing, so that the buttons need not be drawn again with every channel.
const ICONS = {
  members: <Users size={17} />,
  pinned: <Pin size={17} />,
  mentions: <AtSign size={17} />,
  saved: <Bookmark size={17} />,
  search: <Search size={17} />,
};
const TOGGLES = {
  members: () => togglePanel("members"),
  pinned: () => togglePanel("pinned"),
  mentions: () => togglePanel("mentions"),
  saved: () => togglePanel("saved"),
  search: () => togglePanel("search"),
};

/** What a channel is called and is about, and what can be seen of it beside the talk. */
export const ChannelHeader = memo(function ChannelHeader({
  channel,
  name,
  isOutside = false,
}: ChannelHeaderProps) {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  const panel = useOpenPanelId();
  const me = useMe();
  const seesInside = !isOutside || me.isAdmin;
  const { data: stats } = useQuery({ ...statsQuery(channel.id), enabled: seesInside });
  return (
    <header className={styles.header}>
      {isNarrow && (
        <IconButton label={text("openSidebar")} icon={<MenuIcon size={20} />} onPress={openSidebar} />
      )}
      <div className={styles.what}>
        <div className={styles.first}>
          {!isNarrow && !isOutside && <FavouriteButton channel={channel} />}
          {isOutside ? (
            <h1 className={styles.heading}>
              <span className={styles.outside}>{name}</span>
            </h1>
          ) : (
            <ChannelMenu channel={channel} name={name} />
          )}
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
      {!isNarrow && channel.type !== "D" && seesInside && (
        <IconButton
          label={text("members")}
          icon={ICONS.members}
          count={stats?.member_count}
          isOn={panel === "members"}
          onPress={TOGGLES.members}
        />
      )}
      {!isNarrow && seesInside && (
        <IconButton
          label={text("pinnedPosts")}
          icon={ICONS.pinned}
          count={stats?.pinnedpost_count || undefined}
          isOn={panel === "pinned"}
          onPress={TOGGLES.pinned}
        />
      )}
      {!isNarrow && (
        <IconButton
          label={text("recentMentions")}
          icon={ICONS.mentions}
          isOn={panel === "mentions"}
          onPress={TOGGLES.mentions}
        />
      )}
      {!isNarrow && (
        <IconButton
          label={text("savedPosts")}
          icon={ICONS.saved}
          isOn={panel === "saved"}
          onPress={TOGGLES.saved}
        />
      )}
      <IconButton
        label={text("search")}
        icon={ICONS.search}
        isOn={panel === "search"}
        onPress={TOGGLES.search}
      />
    </header>
  );
});

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
