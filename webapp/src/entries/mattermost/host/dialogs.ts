import { onExpected } from "@/host";
import type { Plugged } from "../app";

/** Dialogs that we ask for are shown by Mattermost itself, once it knows that this window asked for them. */
export function followDialogs({ store }: Plugged): () => void {
  return onExpected((trigger) => {
    store.dispatch({ type: "RECEIVED_DIALOG_TRIGGER_ID", data: trigger });
  });
}
