import type { Channel } from "@mattermost/types/channels";
import type { UserProfile } from "@mattermost/types/users";
import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect } from "react";
import { channelsQuery, nameOf, useUserNamed } from "@/api";
import { type PageProps, placeStore, useMe, useTeam } from "@/host";
import { EmptyState, Spinner } from "@/ui";
import { Composer } from "../composer/Composer";
import { PostList } from "../posts/PostList";
import { useWorkspaceText } from "../text";
import { ChannelHeader } from "./ChannelHeader";
import styles from "./ChannelPage.module.css";

/** /:team/channels/:name */
export function NamedChannelPage({ params }: PageProps) {
  const team = useTeam();
  const { data: channels } = useQuery(channelsQuery(team.id));
  if (!channels) return <Loading />;
  const channel = [...channels.values()].find((one) => one.name === params.name || one.id === params.name);
  return channel ? <ChannelView channel={channel} name={channel.display_name} /> : <Missing />;
}

/** /:team/messages/:name, where the name is @username or a group channel's. */
export function MessagesPage({ params }: PageProps) {
  const name = params.name ?? "";
  return name.startsWith("@") ? (
    <DirectPage username={name.slice(1)} />
  ) : (
    <NamedChannelPage params={params} />
  );
}

function DirectPage({ username }: { username: string }) {
  const user = useUserNamed(username);
  if (user === undefined) return <Loading />;
  return user ? <DirectView user={user} /> : <Missing />;
}

function DirectView({ user }: { user: UserProfile }) {
  const me = useMe();
  const team = useTeam();
  const { data: channels } = useQuery(channelsQuery(team.id));
  const pair = [me.id, user.id].sort().join("__");
  if (!channels) return <Loading />;
  const channel = [...channels.values()].find((one) => one.name === pair);
  return channel ? <ChannelView channel={channel} name={nameOf(user)} /> : <Missing />;
}

function Loading() {
  const text = useWorkspaceText();
  return <Spinner label={text("loading")} />;
}

function Missing() {
  const text = useWorkspaceText();
  return <EmptyState title={text("channelMissing")}>{text("channelMissingWhy")}</EmptyState>;
}

function ChannelView({ channel, name }: { channel: Channel; name: string }) {
  useLayoutEffect(() => {
    placeStore.setState({
      channel: {
        id: channel.id,
        name: channel.name,
        displayName: name,
        type: channel.type === "O" || channel.type === "D" || channel.type === "G" ? channel.type : "P",
      },
    });
    return () => placeStore.setState({ channel: null });
  }, [channel.id, channel.name, channel.type, name]);
  return (
    <section className={styles.channel} aria-label={name}>
      <ChannelHeader channel={channel} name={name} />
      <PostList key={channel.id} channelId={channel.id} />
      <Composer key={`composer ${channel.id}`} channelId={channel.id} name={name} />
    </section>
  );
}
