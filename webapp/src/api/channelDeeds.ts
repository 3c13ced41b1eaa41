import type { ChannelType } from "@mattermost/types/channels";
import { cache } from "./cache";
import { changeChannel, changeMembership, forgetChannel } from "./channels";
import { chat } from "./client";
import { keys } from "./keys";
import { savePreference } from "./preferences";

/** Get all lists of one's channels anew, and wait for them. */
async function askForMine(team: string): Promise<void> {
  await Promise.all(
    [keys.channels(team), keys.memberships(team), keys.categories(team)].map((queryKey) =>
      cache.invalidateQueries({ queryKey }),
    ),
  );
}

export async function joinChannel(team: string, channelId: string, me: string): Promise<void> {
  await chat.addToChannel(me, channelId);
  await askForMine(team);
  // What was seen from outside was not kept up to date by live events.
  await cache.resetQueries({ queryKey: keys.posts(channelId) });
}

export async function leaveChannel(team: string, channelId: string, me: string): Promise<void> {
  await chat.removeFromChannel(me, channelId);
  await askForMine(team);
}

/** Make a channel read-only, for everybody; it goes from everybody's list. */
export async function archiveChannel(channelId: string): Promise<void> {
  await chat.deleteChannel(channelId);
  forgetChannel(channelId);
}

export async function restoreChannel(team: string, channelId: string): Promise<void> {
  await chat.unarchiveChannel(channelId);
  await askForMine(team);
}

/** Let only members see a public channel from now on. */
export async function makePrivate(channelId: string): Promise<void> {
  const after = await chat.updateChannelPrivacy(channelId, "P");
  changeChannel(channelId, (before) => ({ ...before, ...after }));
}

/** Put a person into a channel, or out of it. */
export async function setMember(channelId: string, userId: string, isIn: boolean): Promise<void> {
  if (isIn) await chat.addToChannel(userId, channelId);
  else await chat.removeFromChannel(userId, channelId);
  await cache.invalidateQueries({ queryKey: keys.channel(channelId) });
}

export interface NewChannel {
  displayName: string;
  type: Extract<ChannelType, "O" | "P">;
  purpose: string;
}

/** Make a channel; its name in addresses is made of how it is called. Gives that name. */
export async function makeChannel(team: string, wanted: NewChannel): Promise<string> {
  const channel = await chat.createChannel({
    team_id: team,
    name: nameFor(wanted.displayName),
    display_name: wanted.displayName.trim(),
    type: wanted.type,
    purpose: wanted.purpose,
  });
  await askForMine(team);
  return channel.name;
}

const LONGEST_NAME = 64;

/** "Büro & Küche" becomes "buro-kuche"; what has no letters of the alphabet becomes a random name. */
export function nameFor(displayName: string): string {
  const name = displayName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, "");
  return name.length >= 2 ? name : crypto.randomUUID().replaceAll("-", "").slice(0, 26);
}

/** Open messages with people: with one a direct channel, with more a group. Gives the channel. */
export async function openMessages(team: string, me: string, people: readonly string[]) {
  const [first = me] = people;
  const channel =
    people.length > 1
      ? await chat.createGroupChannel([me, ...people])
      : await chat.createDirectChannel([me, first]);
  await askForMine(team);
  return channel;
}

export async function muteChannel(channelId: string, me: string, isMuted: boolean): Promise<void> {
  const mark_unread = isMuted ? "mention" : "all";
  changeMembership(channelId, (before) => ({
    ...before,
    notify_props: { ...before.notify_props, mark_unread },
  }));
  await chat.updateChannelNotifyProps({ channel_id: channelId, user_id: me, mark_unread });
}

/** Take a direct channel off the list until somebody writes in it. */
export async function hideMessages(otherId: string): Promise<void> {
  await savePreference("direct_channel_show", otherId, "false");
}
