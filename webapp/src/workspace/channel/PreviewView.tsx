import type { ServerChannel } from "@mattermost/types/channels";
import { useMutation } from "@tanstack/react-query";
import { Hash } from "lucide-react";
import { useEffect, useLayoutEffect } from "react";
import { catchUp, joinChannel, messageOf } from "@/api";
import { closePanel, panelStore, useMe, useTeam } from "@/host";
import { Banner, Button, EmptyState } from "@/ui";
import { PostList } from "../posts/PostList";
import { useWorkspaceText } from "../text";
import { ChannelHeader } from "./ChannelHeader";
import styles from "./ChannelPage.module.css";

/** Panels that show what only those who are in a channel may see. */
const INSIDE = ["members", "pinned"];
const CATCH_UP_MS = 10_000;

/** A channel that one is not in: what it is about, its incident beside it, and the way in. */
export function PreviewView({ channel, focusId }: { channel: ServerChannel; focusId: string }) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const name = channel.display_name;
  const join = useMutation({ mutationFn: () => joinChannel(team.id, channel.id, me.id) });
  useLayoutEffect(() => {
    if (!me.isAdmin && INSIDE.includes(panelStore.getState().open?.id ?? "")) closePanel();
  }, [me.isAdmin]);
  return (
    <section className={styles.channel} aria-label={name}>
      <ChannelHeader channel={channel} name={name} isOutside />
      {me.isAdmin ? (
        <PostsFromOutside channelId={channel.id} focusId={focusId} />
      ) : (
        <div className={styles.outside}>
          <EmptyState icon={<Hash size={24} />} title={text("previewTitle", { name })}>
            {channel.purpose !== "" && <p>{channel.purpose}</p>}
            <p>{text("previewWhy")}</p>
          </EmptyState>
        </div>
      )}
      {join.error && <Banner tone="danger">{messageOf(join.error) ?? text("notSaved")}</Banner>}
      <div className={styles.join}>
        <span>{text("previewing", { name })}</span>
        <Button variant="primary" isPending={join.isPending} onPress={() => join.mutate()}>
          {text("joinChannel")}
        </Button>
      </div>
    </section>
  );
}

/** Administrators read everywhere; no events come from channels one is not in, so it is asked for. */
function PostsFromOutside({ channelId, focusId }: { channelId: string; focusId: string }) {
  useEffect(() => {
    // What fails is asked for again in a moment.
    const timer = setInterval(() => void catchUp(channelId), CATCH_UP_MS);
    return () => clearInterval(timer);
  }, [channelId]);
  return <PostList key={channelId} channelId={channelId} lastViewedAt={0} focusId={focusId} />;
}
