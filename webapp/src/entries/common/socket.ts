import { WebSocketClient } from "@mattermost/client";
import { type LiveEvent, SITE, socketFeed } from "@/host";

interface Source {
  /** The socket's path on this site. */
  path: string;
  /** Which of its events are heard; all, if it is not given. */
  isWanted?: (event: LiveEvent) => boolean;
}

/** Connect to the server's live events, and reconnect for as long as the page lives. Gives what ends it. */
export function connect({ path, isWanted = () => true }: Source): () => void {
  const socket = new WebSocketClient({
    minWebSocketRetryTime: 1_000,
    maxWebSocketRetryTime: 20_000,
    reconnectJitterRange: 500,
  });
  let wasGreeted = false;
  socket.addMessageListener((message) => {
    const event = message as unknown as LiveEvent;
    if (event.event === "hello" && !wasGreeted) {
      // What changed between the page's first questions and now was not told. An open socket alone hears nothing yet.
      wasGreeted = true;
      socketFeed.gap();
    }
    if (isWanted(event)) socketFeed.receive(event);
  });
  socket.addFirstConnectListener(() => socketFeed.changed("open"));
  socket.addReconnectListener(() => {
    socketFeed.changed("open");
    socketFeed.gap();
  });
  socket.addMissedMessageListener(() => socketFeed.gap());
  socket.addCloseListener(() => socketFeed.changed("lost"));
  socketFeed.sendsBy((action, data, onReply) => socket.sendMessage(action, data, onReply));
  socket.initialize(`${SITE.replace(/^http/, "ws")}${path}`);
  return () => {
    socketFeed.sendsBy(() => undefined);
    socket.close();
  };
}
