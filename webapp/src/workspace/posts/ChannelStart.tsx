import { PencilLine, UserPlus } from "lucide-react";
import { memo } from "react";
import { useMyChannel } from "@/api";
import { openPanel, useTeam } from "@/host";
import { Button } from "@/ui";
import { useRights } from "../channel/rights";
import { useShownChannel } from "../channel/shown";
import { openDialog } from "../dialogs/open";
import { useWorkspaceText } from "../text";
import styles from "./ChannelStart.module.css";

/** What stands before the first post of a channel, and what is worth doing in a new one. */
export const ChannelStart = memo(function ChannelStart({ channelId }: { channelId: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const channel = useShownChannel(team.id, channelId);
  if (!channel) return null;
  return (
    <div className={styles.start}>
      <h2 className={styles.name}>{channel.name}</h2>
      <p>{text(channel.isDirect ? "startOfMessages" : "startOfChannel", { name: channel.name })}</p>
      {channel.purpose !== "" && <p>{channel.purpose}</p>}
      <Beginning channelId={channelId} />
    </div>
  );
});

/** Its place is kept while rights are not known yet: what grows late would move the posts below. */
function Beginning({ channelId }: { channelId: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const channel = useMyChannel(team.id, channelId);
  const rights = useRights(channel ?? { id: channelId, name: "", type: "D" });
  return (
    <div className={styles.deeds}>
      {rights.manages && (
        <Button variant="quiet" size="s" icon={<UserPlus size={15} />} onPress={() => openPanel("members")}>
          {text("addPeople")}
        </Button>
      )}
      {channel && rights.describes && (
        <Button
          variant="quiet"
          size="s"
          icon={<PencilLine size={15} />}
          onPress={() => openDialog("channel", { id: channelId })}
        >
          {text(channel.header === "" ? "setHeader" : "editHeader")}
        </Button>
      )}
    </div>
  );
}
