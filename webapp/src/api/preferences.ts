import type { PreferenceType } from "@mattermost/types/preferences";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { placeStore } from "@/host";
import { cache, changeKnown } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";

type Preferences = ReadonlyMap<string, string>;

const keyOf = (category: string, name: string) => `${category} ${name}`;

export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: async (): Promise<Preferences> => {
    const list: unknown = await chat.getMyPreferences();
    return new Map((list as PreferenceType[]).map((one) => [keyOf(one.category, one.name), one.value]));
  },
  structuralSharing: false,
});

/** One preference's value; "" when not set. */
export function usePreference(category: string, name: string): string {
  const select = (all: Preferences) => all.get(keyOf(category, name)) ?? "";
  return useQuery({ ...preferencesQuery, select }).data ?? "";
}

/** Preferences as an event tells them: with their new values, or gone (null). */
export function changePreferences(changed: readonly PreferenceType[], areGone = false): void {
  changeKnown<Preferences>({ queryKey: keys.preferences }, (before) => {
    const after = new Map(before);
    for (const { category, name, value } of changed) {
      if (areGone) after.delete(keyOf(category, name));
      else after.set(keyOf(category, name), value);
    }
    return after;
  });
}

/** Set a preference, or forget it (null); in force at once, put back if it is refused. */
export async function savePreference(category: string, name: string, value: string | null): Promise<void> {
  const me = placeStore.getState().me?.id ?? "";
  const before = cache.getQueryData<Preferences>(keys.preferences);
  const preference = { user_id: me, category, name, value: value ?? "" };
  changePreferences([preference], value === null);
  try {
    if (value === null) await chat.deletePreferences(me, [preference]);
    else await chat.savePreferences(me, [preference]);
  } catch (error) {
    cache.setQueryData(keys.preferences, before);
    throw error;
  }
}
