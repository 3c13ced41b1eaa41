import type { ChannelCategory, OrderedChannelCategories } from "@mattermost/types/channel_categories";
import type { ChannelMembership, ServerChannel } from "@mattermost/types/channels";

/** A category with the channels that are shown in it. */
export interface Section {
  id: string;
  category: ChannelCategory | null;
  channels: readonly ServerChannel[];
}

export const ONGOING = "ongoing";

interface Known {
  categories: OrderedChannelCategories;
  channels: ReadonlyMap<string, ServerChannel>;
  memberships: ReadonlyMap<string, ChannelMembership>;
  /** Channels of ongoing incidents; empty when they do not gather in a section of their own. */
  ongoing: ReadonlySet<string>;
  /** How a channel is called here. */
  nameOf: (channel: ServerChannel) => string;
  isHidden: (channel: ServerChannel) => boolean;
}

/** The sections of the sidebar, in order: ongoing incidents first, then the categories. */
export function sections({ categories, channels, ongoing, nameOf, isHidden }: Known): Section[] {
  const byId = new Map(categories.categories.map((category) => [category.id, category]));
  const inOrder = categories.order.map((id) => byId.get(id)).filter((category) => category !== undefined);
  const shown = inOrder.map((category): Section => {
    const mine = category.channel_ids
      .map((id) => channels.get(id))
      .filter((channel) => channel !== undefined && !ongoing.has(channel.id) && !isHidden(channel));
    return { id: category.id, category, channels: sorted(mine as ServerChannel[], category, nameOf) };
  });
  const incidents = [...channels.values()].filter((channel) => ongoing.has(channel.id));
  if (incidents.length === 0) return shown;
  incidents.sort((a, b) => b.create_at - a.create_at);
  return [{ id: ONGOING, category: null, channels: incidents }, ...shown];
}

function sorted(list: ServerChannel[], category: ChannelCategory, nameOf: Known["nameOf"]): ServerChannel[] {
  // The built-in categories are sorted until somebody drags in them; the enum of the client names no strings.
  const sorting: string = category.sorting || (category.type === "direct_messages" ? "recent" : "");
  if (sorting === "recent") return list.toSorted((a, b) => b.last_post_at - a.last_post_at);
  if (sorting === "manual" || (sorting === "" && category.type !== "channels")) return list;
  return byName(list, category, nameOf);
}

const names = new Intl.Collator();
/** For a category the names of its channels as they came, and in which order they are shown. */
const kept = new WeakMap<ChannelCategory, { names: readonly string[]; order: readonly number[] }>();

/** Each post comes by here, but the names seldom change, and sorting thousands anew takes long. */
function byName(list: ServerChannel[], category: ChannelCategory, nameOf: Known["nameOf"]): ServerChannel[] {
  const called = list.map(nameOf);
  let before = kept.get(category);
  if (before?.names.length !== called.length || called.some((name, at) => name !== before?.names[at])) {
    const order = [...called.keys()].sort((a, b) => names.compare(called[a] ?? "", called[b] ?? ""));
    before = { names: called, order };
    kept.set(category, before);
  }
  return before.order.map((at) => list[at]).filter((channel) => channel !== undefined);
}

/** The first of a section's channels, with those further down that must not be missed: as many again at most. */
export function firstOf(
  channels: readonly ServerChannel[],
  most: number,
  isWanted: (channel: ServerChannel) => boolean,
): readonly ServerChannel[] {
  if (channels.length <= most) return channels;
  return [...channels.slice(0, most), ...channels.slice(most).filter(isWanted).slice(0, most)];
}
