import type { UserProfile } from "@mattermost/types/users";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { batched } from "./batch";
import { cache } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";

const byId = batched<UserProfile>(
  (ids) => chat.getProfilesByIds(ids),
  (user) => user.id,
);
const byName = batched<UserProfile>(
  (names) => chat.getProfilesByUsernames(names),
  (user) => user.username,
);

/** Who is signed in; fails with 401 when nobody is. */
export const meQuery = queryOptions({ queryKey: keys.me, queryFn: () => chat.getMe() });

/** A user; undefined while loading, null if there is none. */
export function useUser(id: string): UserProfile | null | undefined {
  return useQuery({ queryKey: keys.user(id), queryFn: () => byId(id), enabled: id !== "" }).data;
}

export function useUserNamed(username: string): UserProfile | null | undefined {
  return useQuery({
    queryKey: keys.userNamed(username),
    queryFn: async () => {
      const user = await byName(username);
      if (user) remember(user);
      return user;
    },
  }).data;
}

const MOST_OFFERED = 60;

/** The people of a team whose names have a term in them; without one, the first. */
export const teamPeopleQuery = (team: string, term: string) =>
  queryOptions({
    queryKey: keys.teamPeople(team, term),
    queryFn: () =>
      term === ""
        ? chat.getProfilesInTeam(team, 0, MOST_OFFERED)
        : chat.searchUsers(term, { team_id: team, limit: MOST_OFFERED }),
    staleTime: 30_000,
  });

/** Keep users that came with another answer, so that they are not asked for again. */
export function remember(...users: UserProfile[]): void {
  for (const user of users) {
    cache.setQueryData(keys.user(user.id), user);
    cache.setQueryData(keys.userNamed(user.username), user);
  }
}

/** The address of a user's picture; it changes with the picture. */
export function pictureOf(user: Pick<UserProfile, "id"> & Partial<UserProfile>): string {
  return chat.getProfilePictureUrl(user.id, user.last_picture_update ?? 0);
}

/** The time zone somebody chose by hand; undefined leaves it to the browser. */
export function timeZoneOf(user: UserProfile | undefined): string | undefined {
  const { useAutomaticTimezone, manualTimezone } = user?.timezone ?? {};
  if (useAutomaticTimezone !== "false" || !manualTimezone) return undefined;
  return isZone(manualTimezone) ? manualTimezone : undefined;
}

/** A zone may come from another client that knows more of them than this browser. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** How a person is called: the full name, or the username. */
export function nameOf(user: Pick<UserProfile, "username"> & Partial<UserProfile>): string {
  const full = [user.first_name, user.last_name].filter(Boolean).join(" ");
  return full || user.nickname || user.username;
}

/** How a person is listed and found: "@ana Ana Lima (annie)". */
export function listedAs(user: Pick<UserProfile, "username"> & Partial<UserProfile>): string {
  const full = [user.first_name, user.last_name].filter(Boolean).join(" ");
  return [`@${user.username}`, full, user.nickname && `(${user.nickname})`].filter(Boolean).join(" ");
}
