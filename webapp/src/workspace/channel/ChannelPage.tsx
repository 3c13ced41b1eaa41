import type { ServerChannel } from "@mattermost/types/channels";
import type { UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useState } from "react";
import {
  channelNamedQuery,
  forgetOldest,
  membershipIn,
  messageOf,
  nameOf,
  openMessages,
  statusOf,
  useMyChannelNamed,
  useMyRoles,
  useUserNamed,
} from "@/api";
import { type PageProps, placeStore, useMe, useSearchParam, useTeam } from "@/host";
import { ErrorState, Spinner } from "@/ui";
import { Composer } from "../composer/Composer";
import { PostList } from "../posts/PostList";
import { useWorkspaceText } from "../text";
import { ChannelHeader } from "./ChannelHeader";
import styles from "./ChannelPage.module.css";
import { NotHere } from "./NotHere";
import { PreviewView } from "./PreviewView";

/** /:team/channels/:name */
export function NamedChannelPage({ params }: PageProps) {
  const team = useTeam();
  const channel = useMyChannelNamed(team.id, params.name ?? "");
  if (channel === undefined) return <Loading />;
  return channel ? (
    <ChannelView channel={channel} name={channel.display_name} />
  ) : (
    <Elsewhere name={params.name ?? ""} />
  );
}

/** A channel that one is not in: a public one of the team, for administrators any. */
function Elsewhere({ name }: { name: string }) {
  const team = useTeam();
  const { data: channel, error, refetch } = useQuery(channelNamedQuery(team.id, name));
  if (error && statusOf(error) > 0) return <Missing />;
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  return channel ? <Preview channel={channel} /> : <Loading />;
}

function Preview({ channel }: { channel: ServerChannel }) {
  const [focusId] = useSearchParam("post");
  usePlace(channel, channel.display_name);
  return <PreviewView channel={channel} focusId={focusId} />;
}

/** Tells everybody which channel is shown. */
function usePlace(channel: ServerChannel, name: string): void {
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
  const channel = useMyChannelNamed(team.id, [me.id, user.id].sort().join("__"));
  const isMissing = channel === null;
  const { mutate: open, error } = useMutation({ mutationFn: () => openMessages(team.id, me.id, [user.id]) });
  useEffect(() => {
    if (isMissing) open();
  }, [isMissing, open]);
  if (error) return <Missing />;
  return channel ? <ChannelView channel={channel} name={nameOf(user)} /> : <Loading />;
}

function Loading() {
  const text = useWorkspaceText();
  return <Spinner label={text("loading")} />;
}

function Missing() {
  const text = useWorkspaceText();
  return <NotHere title={text("channelMissing")}>{text("channelMissingWhy")}</NotHere>;
}

function ChannelView({ channel, name }: { channel: ServerChannel; name: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const [focusId] = useSearchParam("post");
  const isKnown = useMyRoles(team.id, channel.id) !== undefined;
  usePlace(channel, name);
  if (!isKnown) return <Loading />;
  return (
    <section className={styles.channel} aria-label={name} data-takes-files>
      <ChannelHeader channel={channel} name={name} />
      <Talk key={channel.id} channelId={channel.id} focusId={focusId} />
      <Composer channelId={channel.id} label={text("writeTo", { name })} />
    </section>
  );
}

/** The posts, with the line of new ones where it was when the channel was opened. */
function Talk({ channelId, focusId }: { channelId: string; focusId: string }) {
  const team = useTeam();
  const [before] = useState(() => membershipIn(team.id, channelId)?.last_viewed_at ?? 0);
  useEffect(() => () => forgetOldest(channelId), [channelId]);
  return <PostList channelId={channelId} focusId={focusId} lastViewedAt={before} />;
}
