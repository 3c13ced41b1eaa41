import { WebSocketClient } from "@mattermost/client";
import { type LiveEvent, socketFeed } from "@/host";

/**
 * Connect to the server's live events below an address of this site, and reconnect for as long as the page lives.
 * Gives what ends it.
 */
export function connect(below = ""): () => void {
  const socket = new WebSocketClient({
    minWebSocketRetryTime: 1_000,
    maxWebSocketRetryTime: 20_000,
    reconnectJitterRange: 500,
  });
  socket.addMessageListener((message) => socketFeed.receive(message as unknown as LiveEvent));
  socket.addFirstConnectListener(() => socketFeed.changed("open"));
  socket.addReconnectListener(() => {
    socketFeed.changed("open");
    socketFeed.gap();
  });
  socket.addMissedMessageListener(() => socketFeed.gap());
  socket.addCloseListener(() => socketFeed.changed("lost"));
  socketFeed.sendsBy((action, data, onReply) => socket.sendMessage(action, data, onReply));
  socket.initialize(`${window.location.origin.replace(/^http/, "ws")}${below}/api/v4/websocket`);
  return () => {
    socketFeed.sendsBy(() => undefined);
    socket.close();
  };
}
