import { cache, clientId, keys } from "@/api";
import { type CommandHook, openPanel, panelStore } from "@/host";
import { PANEL, showDetails } from "./place";

const begins = (command: string, with_: string) => command === with_ || command.startsWith(`${with_} `);

/** The incident that this tab starts leads this tab into its channel. */
export const startWithClientId: CommandHook = (command) =>
  begins(command, "/incident start") ? `/incident start ${clientId}` : command;

/** In an incident's channel the panel is the answer, if it is closed. */
export const openOnInfo: CommandHook = (command, { channelId }) => {
  const isIncident = Boolean(cache.getQueryData(keys.incidentOfChannel(channelId)));
  if (!begins(command, "/incident info") || !isIncident || panelStore.getState().open?.id === PANEL) {
    return command;
  }
  showDetails();
  openPanel(PANEL);
  return null;
};
