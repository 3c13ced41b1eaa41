import { useTeam } from "@/host";
import { useShownChannel } from "../channel/shown";
import { useWorkspaceText } from "../text";
import styles from "./ChannelStart.module.css";

/** What stands before the first post of a channel. */
export function ChannelStart({ channelId }: { channelId: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const channel = useShownChannel(team.id, channelId);
  if (!channel) return null;
  return (
    <div className={styles.start}>
      <h2 className={styles.name}>{channel.name}</h2>
      <p>{text(channel.isDirect ? "startOfMessages" : "startOfChannel", { name: channel.name })}</p>
      {channel.purpose !== "" && <p>{channel.purpose}</p>}
    </div>
  );
}
