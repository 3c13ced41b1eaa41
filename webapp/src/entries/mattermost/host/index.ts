import type { Plugged } from "../app";
import { followAddress } from "./address";
import { followDialogs } from "./dialogs";
import { followEvents } from "./events";
import { followPanel } from "./panel";
import { followPlace } from "./place";

/** Mattermost as the host: what it tells is written to `@/host`, what is asked of that is done there. Gives what ends it. */
export function followHost(plugged: Plugged): () => void {
  const ends = [
    followPlace(plugged),
    followAddress(),
    followPanel(plugged),
    followDialogs(plugged),
    followEvents(plugged),
  ];
  return () => {
    for (const end of ends) end();
  };
}
