import { create } from "zustand";

/** One event from the server, as the WebSocket carries it. */
export interface LiveEvent {
  event: string;
  data: Record<string, unknown>;
  broadcast: { channel_id: string; team_id: string; user_id: string };
}

type Listener = (event: LiveEvent) => void;

export type Connection = "connecting" | "open" | "lost";

export const connectionStore = create<{ state: Connection }>(() => ({ state: "connecting" }));

const listeners = new Map<string, Set<Listener>>();
const afterGap = new Set<() => void>();
let send: (action: string, data: Record<string, unknown>, onReply: () => void) => void = () => undefined;

/** Hear every event of a kind. Gives what ends the hearing. */
export function onLive(kind: string, listener: Listener): () => void {
  const heard = listeners.get(kind) ?? new Set();
  listeners.set(kind, heard.add(listener));
  return () => void heard.delete(listener);
}

/** Called when events may have been missed: ask again for what is shown. */
export function onGap(listener: () => void): () => void {
  afterGap.add(listener);
  return () => void afterGap.delete(listener);
}

/** Tell the server something over the socket, best effort: "user_typing". `onReply` once it is done or refused. */
export function sendLive(action: string, data: Record<string, unknown>, onReply = () => {}): void {
  send(action, data, onReply);
}

export function useConnection(): Connection {
  return connectionStore((connection) => connection.state);
}

/** The surroundings' end: whoever owns the socket feeds it. */
export const socketFeed = {
  receive(event: LiveEvent): void {
    for (const listener of listeners.get(event.event) ?? []) listener(event);
  },
  gap(): void {
    for (const listener of afterGap) listener();
  },
  changed(state: Connection): void {
    connectionStore.setState({ state });
  },
  sendsBy(how: typeof send): void {
    send = how;
  },
};
