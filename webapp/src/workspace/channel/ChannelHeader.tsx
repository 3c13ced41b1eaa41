import type { Channel } from "@mattermost/types/channels";
import { Menu as MenuIcon } from "lucide-react";
import { channelHeaderButtons, useIsNarrow } from "@/host";
import { IconButton, Markdown } from "@/ui";
import { openSidebar } from "../shell/Shell";
import { useWorkspaceText } from "../text";
import styles from "./ChannelPage.module.css";

export function ChannelHeader({ channel, name }: { channel: Channel; name: string }) {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  return (
    <header className={styles.header}>
      {isNarrow && (
        <IconButton label={text("openSidebar")} icon={<MenuIcon size={20} />} onPress={openSidebar} />
      )}
      <div className={styles.what}>
        <h1 className={styles.name}>{name}</h1>
        {channel.header !== "" && (
          <div className={styles.about}>
            <Markdown inline>{channel.header}</Markdown>
          </div>
        )}
      </div>
      {channelHeaderButtons().map(({ id, Button }) => (
        <Button key={id} channelId={channel.id} />
      ))}
    </header>
  );
}
