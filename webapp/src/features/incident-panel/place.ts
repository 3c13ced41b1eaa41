import { create } from "zustand";
import { useIncidentOfChannel, useIsIn, usePlace } from "@/api";
import { useChannel, useTeam } from "@/host";

/** The panel's name in the surroundings. */
export const PANEL = "incidents";

export type Tab = "summary" | "tasks";

interface PanelView {
  /** The channel in which the list was asked for, instead of the channel's own incident. */
  listIn: string | null;
  /** The tab last looked at, by channel; kept while the page lives. */
  tabs: Readonly<Record<string, Tab>>;
}

export const panelView = create<PanelView>(() => ({ listIn: null, tabs: {} }));

export function showList(channelId: string): void {
  panelView.setState({ listIn: channelId });
}

export function showDetails(): void {
  panelView.setState({ listIn: null });
}

export function chooseTab(channelId: string, tab: Tab): void {
  panelView.setState(({ tabs }) => ({ tabs: { ...tabs, [channelId]: tab } }));
}

/** The incident of the channel that is shown, whether one is a member there, and whether there is a channel to join. */
export function useIncidentHere() {
  const team = useTeam();
  const channel = useChannel();
  const isIn = useIsIn(team.id, channel?.id ?? "");
  const isPlace = isIn !== undefined && (channel?.type === "O" || channel?.type === "P");
  const found = useIncidentOfChannel(isPlace ? channel.id : "", {
    team: team.id,
    isMember: isIn ?? false,
  });
  const place = usePlace(found.incident);
  const isMember = place.isIn ?? false;
  return { ...found, channel, isMember, mayJoin: place.isIn === false && place.hasChannel };
}

/** What the panel shows: the incident of this channel, unless the list was asked for or there is none. */
export function usePanelView() {
  const here = useIncidentHere();
  const isListAsked = panelView((view) => view.listIn !== null && view.listIn === here.channel?.id);
  const isList = isListAsked || here.channel === null || here.incident === null;
  return { ...here, view: isList ? ("list" as const) : ("details" as const) };
}
