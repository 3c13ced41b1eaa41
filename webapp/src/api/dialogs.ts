import type { Dialog } from "@mattermost/types/integrations";
import { create } from "zustand";
import { isExpected, onExpected, onLive, placeStore } from "@/host";

/** A dialog of an integration, and where it was asked for. */
export interface DialogRequest {
  triggerId: string;
  url: string;
  dialog: Dialog;
  channelId: string;
  teamId: string;
}

/** The dialogs this tab is to show, the last one on top. */
export const dialogStore = create<{ open: readonly DialogRequest[] }>(() => ({ open: [] }));

/** What arrived before the answer that names it. Other tabs' dialogs arrive here too: so many are kept. */
const MOST_WAITING = 20;
const waiting = new Map<string, Arrived>();

type Arrived = Pick<DialogRequest, "triggerId" | "url" | "dialog">;

/** Hear of dialogs from now on. Gives what ends it. */
export function hearDialogs(): () => void {
  const ends = [
    onLive("open_dialog", (event) => {
      const { trigger_id, url, dialog } = JSON.parse(String(event.data.dialog)) as {
        trigger_id: string;
        url: string;
        dialog: Dialog;
      };
      const arrived = { triggerId: trigger_id, url, dialog };
      if (isExpected(trigger_id)) show(arrived);
      else wait(arrived);
    }),
    onExpected((trigger) => {
      const arrived = waiting.get(trigger);
      waiting.delete(trigger);
      if (arrived) show(arrived);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function wait(arrived: Arrived): void {
  waiting.set(arrived.triggerId, arrived);
  const oldest = waiting.keys().next();
  if (waiting.size > MOST_WAITING && !oldest.done) waiting.delete(oldest.value);
}

function show(arrived: Arrived): void {
  const { channel, team } = placeStore.getState();
  openDialog({ ...arrived, channelId: channel?.id ?? "", teamId: team?.id ?? "" });
}

export function openDialog(request: DialogRequest): void {
  dialogStore.setState(({ open }) => ({ open: [...open, request] }));
}

/** Put the answer of an integration in place of the dialog it answers; null closes it. */
export function replaceDialog(request: DialogRequest, by: DialogRequest | null): void {
  dialogStore.setState(({ open }) => ({
    open: open.flatMap((one) => (one === request ? (by ?? []) : one)),
  }));
}
