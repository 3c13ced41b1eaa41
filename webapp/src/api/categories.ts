import type { ChannelCategory, OrderedChannelCategories } from "@mattermost/types/channel_categories";
import { queryOptions } from "@tanstack/react-query";
import { cache } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";

export const categoriesQuery = (team: string) =>
  queryOptions({ queryKey: keys.categories(team), queryFn: () => chat.getChannelCategories("me", team) });

/** Where a channel goes: into a category, before another channel ("" = at the end). */
export interface Place {
  categoryId: string;
  beforeId: string;
}

/** The categories with a channel moved. A category that is ordered by hand keeps the place; others sort as they do. */
export function withChannelMoved(
  all: readonly ChannelCategory[],
  channelId: string,
  to: Place,
): ChannelCategory[] {
  return all.map((category) => {
    const ids = category.channel_ids.filter((id) => id !== channelId);
    if (category.id === to.categoryId) {
      const at = ids.indexOf(to.beforeId);
      ids.splice(at < 0 ? ids.length : at, 0, channelId);
    } else if (ids.length === category.channel_ids.length) return category;
    return { ...category, channel_ids: ids };
  });
}

/** The categories with a channel put among those that are shown, in the order they are shown; kept by hand from then on. */
export function withChannelPlaced(
  all: readonly ChannelCategory[],
  channelId: string,
  to: Place,
  shown: readonly string[],
): ChannelCategory[] {
  return withChannelMoved(all, channelId, to).map((category) => {
    if (category.id !== to.categoryId) return category;
    const others = shown.filter((id) => id !== channelId);
    const at = others.indexOf(to.beforeId);
    const placed = others.toSpliced(at < 0 ? others.length : at, 0, channelId);
    const hidden = category.channel_ids.filter((id) => !placed.includes(id));
    const sorting = "manual" as ChannelCategory["sorting"];
    return { ...category, channel_ids: [...placed, ...hidden], sorting };
  });
}

export function withCategoryMoved(order: readonly string[], id: string, beforeId: string): string[] {
  const rest = order.filter((one) => one !== id);
  const at = rest.indexOf(beforeId);
  rest.splice(at < 0 ? rest.length : at, 0, id);
  return rest;
}

/** Change categories at once, and put them back if the server refuses. */
async function change(
  team: string,
  how: (before: OrderedChannelCategories) => OrderedChannelCategories,
  tell: (after: OrderedChannelCategories, changed: ChannelCategory[]) => Promise<unknown>,
): Promise<void> {
  const key = keys.categories(team);
  const before = cache.getQueryData<OrderedChannelCategories>(key);
  if (!before) return;
  const after = how(before);
  cache.setQueryData(key, after);
  try {
    const changed = after.categories.filter((category) => !before.categories.includes(category));
    await tell(after, changed);
  } catch (error) {
    cache.setQueryData(key, before);
    throw error;
  }
}

export function moveChannel(team: string, channelId: string, to: Place): Promise<void> {
  return change(
    team,
    (before) => ({ ...before, categories: withChannelMoved(before.categories, channelId, to) }),
    (_, changed) => chat.updateChannelCategories("me", team, changed),
  );
}

/** Put a channel before another ("" = at the end) of a category whose channels are shown in this order. */
export function placeChannel(
  team: string,
  channelId: string,
  to: Place,
  shown: readonly string[],
): Promise<void> {
  return change(
    team,
    (before) => ({ ...before, categories: withChannelPlaced(before.categories, channelId, to, shown) }),
    (_, changed) => chat.updateChannelCategories("me", team, changed),
  );
}

export function moveCategory(team: string, id: string, beforeId: string): Promise<void> {
  return change(
    team,
    (before) => ({ ...before, order: withCategoryMoved(before.order, id, beforeId) }),
    (after) => chat.updateChannelCategoryOrder("me", team, after.order),
  );
}

/** Rename, sort, collapse or mute a category. */
export function changeCategory(team: string, id: string, to: Partial<ChannelCategory>): Promise<void> {
  return change(
    team,
    (before) => ({
      ...before,
      categories: before.categories.map((category) =>
        category.id === id ? { ...category, ...to } : category,
      ),
    }),
    (_, changed) => chat.updateChannelCategories("me", team, changed),
  );
}

export async function makeCategory(team: string, name: string, channelIds: string[] = []): Promise<void> {
  await chat.createChannelCategory("me", team, {
    team_id: team,
    display_name: name,
    channel_ids: channelIds,
  });
  await cache.invalidateQueries({ queryKey: keys.categories(team) });
}

export async function deleteCategory(team: string, id: string): Promise<void> {
  await chat.deleteChannelCategory("me", team, id);
  await cache.invalidateQueries({ queryKey: keys.categories(team) });
}
