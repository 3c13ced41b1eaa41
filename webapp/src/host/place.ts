import { create } from "zustand";

/** Who looks at the screen. */
export interface Me {
  id: string;
  username: string;
  isAdmin: boolean;
}

export interface TeamPlace {
  id: string;
  name: string;
  displayName: string;
}

export interface ChannelPlace {
  id: string;
  name: string;
  displayName: string;
  /** O public, P private, D direct, G group. */
  type: "O" | "P" | "D" | "G";
}

interface Place {
  me: Me | null;
  team: TeamPlace | null;
  channel: ChannelPlace | null;
}

/** Where we are, as the surroundings tell it: the entry writes it, all others read it. */
export const placeStore = create<Place>(() => ({ me: null, team: null, channel: null }));

/** Who looks at the screen. Only for what is shown to people who are signed in. */
export function useMe(): Me {
  const me = placeStore((place) => place.me);
  if (me === null) throw new Error("Nobody is signed in");
  return me;
}

/** The team that is shown. Only for what is shown inside a team. */
export function useTeam(): TeamPlace {
  const team = placeStore((place) => place.team);
  if (team === null) throw new Error("No team is shown");
  return team;
}

/** The channel that is shown, if one is. */
export function useChannel(): ChannelPlace | null {
  return placeStore((place) => place.channel);
}
