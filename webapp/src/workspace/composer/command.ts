import { chat } from "@/api";
import { commandHooks, expectTrigger, navigate } from "@/host";

/** Run a slash command as written; where it leads, we go. */
export async function runCommand(
  written: string,
  channelId: string,
  teamId: string,
  rootId: string,
): Promise<void> {
  let command: string | null = written;
  for (const hook of commandHooks()) {
    if (command !== null) command = hook(command, { channelId, rootId });
  }
  if (command === null) return;
  const answer = await chat.executeCommand(command, {
    channel_id: channelId,
    team_id: teamId,
    root_id: rootId,
  });
  expectTrigger(answer.trigger_id);
  const to = answer.goto_location ?? "";
  if (to.startsWith("/")) navigate(to);
  else if (/^https?:/.test(to)) window.open(to, "_blank", "noopener");
}
