import type { UserProfile } from "@mattermost/types/users";
import { queryOptions } from "@tanstack/react-query";
import { cache, chat, keys, statusOf } from "@/api";
import type { NewAccount } from "./NewAccountFields";

/** What a page needs to know before anybody is signed in. */
export const configQuery = queryOptions({ queryKey: keys.config, queryFn: () => chat.getClientConfig() });

/** Who is signed in already, if anybody; asking does not send who is not to the sign-in page. */
export const perhapsMeQuery = queryOptions({
  queryKey: ["me", "perhaps"],
  queryFn: () =>
    chat.getMe().catch((error: unknown) => {
      if (statusOf(error) === 401) return null;
      throw error;
    }),
});

/** The team an invitation leads to. */
export const invitationQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.teams, "invitation", id],
    queryFn: () => chat.getTeamInviteInfo(id),
    retry: false,
    enabled: id !== "",
  });

/** Make an account and be signed in with it. */
export async function signUp(account: NewAccount, invitation: string): Promise<UserProfile> {
  // The client's type wants a whole user; the server fills in what is not given.
  await chat.createUser(account as unknown as UserProfile, "", invitation);
  return signedIn(await chat.login(account.username, account.password));
}

/** Begin anew as this user. */
export function signedIn(me: UserProfile): UserProfile {
  cache.clear();
  cache.setQueryData(keys.me, me);
  return me;
}

/** A team's name in addresses, made of what it is called. */
export function teamNameOf(displayName: string): string {
  const plain = displayName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  return plain.length >= 2 && /^[a-z]/.test(plain)
    ? plain
    : `team-${plain || Math.random().toString(36).slice(2, 6)}`;
}
