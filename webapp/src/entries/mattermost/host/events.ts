import { keepCacheLive } from "@/api";
import { connectionStore, type LiveEvent, placeStore, socketFeed, starts } from "@/host";
import { connect } from "../../common/socket";
import type { Plugged } from "../app";
import { ADDRESS } from "../surroundings";

/** Events of the chat that change what we show; Mattermost's own socket hears them. */
const OF_THE_CHAT = [
  "channel_converted",
  "channel_created",
  "channel_deleted",
  "channel_restored",
  "channel_updated",
  "post_deleted",
  "posted",
  "user_added",
  "user_removed",
  "user_updated",
];

/** Where our server's events come from: below our address, so that one rule of a reverse proxy sends all to us. */
const OUR_SOCKET = `/plugins/${ADDRESS}/api/v0/websocket`;

const ASK_AGAIN_MS = 10_000;

/** While somebody is signed in: hear Mattermost's events, and ours over a socket of our own. Gives what ends it. */
export function followEvents({ registry }: Plugged): () => void {
  for (const kind of OF_THE_CHAT) {
    registry.registerWebSocketEventHandler?.(kind, (event) => socketFeed.receive(event as LiveEvent));
  }
  registry.registerReconnectHandler?.(() => socketFeed.gap());
  let live: (() => void) | null = null;
  const follow = () => {
    const isSignedIn = placeStore.getState().me !== null;
    if (isSignedIn) live ??= listen();
    else stop();
  };
  const stop = () => {
    live?.();
    live = null;
  };
  const unfollow = placeStore.subscribe(follow);
  follow();
  return () => {
    unfollow();
    stop();
    for (const kind of OF_THE_CHAT) registry.unregisterWebSocketEventHandler?.(kind);
    registry.unregisterReconnectHandler?.();
  };
}

function listen(): () => void {
  const isOurs = ({ event }: LiveEvent) => event?.startsWith(`custom_${ADDRESS}_`);
  const ends = [
    keepCacheLive(),
    ...starts().map((start) => start()),
    connect({ path: OUR_SOCKET, isWanted: isOurs }),
    askAgainWhileLost(),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Where our socket does not get through, what is shown is asked for again now and then. Gives what ends it. */
function askAgainWhileLost(): () => void {
  const timer = setInterval(() => {
    if (connectionStore.getState().state === "lost" && !document.hidden) socketFeed.gap();
  }, ASK_AGAIN_MS);
  return () => clearInterval(timer);
}
