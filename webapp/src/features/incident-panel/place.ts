import { create } from "zustand";
import { useIncidentOfChannel, useIsIn } from "@/api";
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

/** The incident of the channel that is shown, and whether one is a member there. */
export function useIncidentHere() {
  const team = useTeam();
  const channel = useChannel();
  const isIn = useIsIn(team.id, channel?.id ?? "");
  const isMember = isIn ?? false;
  const isPlace = isIn !== undefined && (channel?.type === "O" || channel?.type === "P");
  const found = useIncidentOfChannel(isPlace ? channel.id : "", { team: team.id, isMember });
  return { ...found, channel, isMember };
}

/** What the panel shows: the incident of this channel, unless the list was asked for or there is none. */
export function usePanelView() {
  const here = useIncidentHere();
  const isListAsked = panelView((view) => view.listIn !== null && view.listIn === here.channel?.id);
  const isList = isListAsked || here.channel === null || here.incident === null;
  return { ...here, view: isList ? ("list" as const) : ("details" as const) };
}
