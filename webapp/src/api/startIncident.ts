import { expectTrigger, navigate, navigatorStore, onLive, paths, placeStore } from "@/host";
import { toast } from "@/ui";
import { cache } from "./cache";
import { chat } from "./client";
import { type DialogRequest, openDialog } from "./dialogs";
import { parsed } from "./live";
import type { Incident } from "./ongoing";
import { channelsQuery } from "./teams";

/** Names this tab: the incident that it asked for leads this tab alone into the new channel. */
export const clientId = Array.from(crypto.getRandomValues(new Uint8Array(13)), (byte) =>
  byte.toString(16).padStart(2, "0"),
).join("");

/** Ask for the dialog that starts an incident; from a post, if one is given. */
export async function startIncident({ postId = "" } = {}): Promise<void> {
  const { team, channel } = placeStore.getState();
  if (!team) return;
  const command = ["/incident start", clientId, postId].join(" ").trim();
  await runCommandIn(channel?.id ?? (await anyChannel(team.id)), team.id, command);
}

/** Run a command of ours in a channel; a dialog that it opens is shown. */
export async function runCommandIn(channelId: string, teamId: string, command: string): Promise<void> {
  const answer: Answer = await chat.executeCommand(command, { channel_id: channelId, team_id: teamId });
  if (answer.dialog) openDialog({ ...answer.dialog, triggerId: clientId, channelId, teamId });
  else if (!navigatorStore.getState().hasChat && answer.text) toast({ text: answer.text, tone: "info" });
  expectTrigger(answer.trigger_id);
}

/** What a command answers. Where no chat is beside the page, a dialog is part of that, and words are shown. */
interface Answer {
  trigger_id: string;
  text?: string;
  dialog?: Pick<DialogRequest, "url" | "dialog">;
}

/** Commands belong to a channel; on a page without one any of the team will do. */
async function anyChannel(team: string): Promise<string> {
  const channels = [...(await cache.ensureQueryData(channelsQuery(team))).values()];
  const square =
    channels.find((one) => one.name === "town-square") ?? channels.find((one) => one.team_id === team);
  return square?.id ?? "";
}

/** Go to the channel of an incident that this tab started, or to its page where there are no channels. Gives what ends it. */
export function followStartedIncidents(): () => void {
  return onLive("custom_com.mattermost.plugin-incident-management_incident_created", (event) => {
    const created = parsed<{ client_id?: string; incident: Incident }>(event, "payload");
    if (created?.client_id === clientId) void goTo(created.incident);
  });
}

async function goTo({ id, team_id, channel_id }: Incident): Promise<void> {
  const { team } = placeStore.getState();
  if (team?.id !== team_id) return;
  if (!navigatorStore.getState().hasChat) return navigate(paths.incident(team.name, id));
  const channels = await cache.fetchQuery({ ...channelsQuery(team.id), staleTime: 0 });
  const channel = channels.get(channel_id);
  if (channel) navigate(paths.channel(team.name, channel.name));
}
