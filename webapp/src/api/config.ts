import type { ClientConfig } from "@mattermost/types/config";
import { queryOptions } from "@tanstack/react-query";
import { chat } from "./client";
import { keys } from "./keys";

/** What a client knows of the server's settings; our own are beside Mattermost's. */
export const configQuery = queryOptions({
  queryKey: keys.config,
  queryFn: async (): Promise<Partial<ClientConfig> & { PlaybookCreators?: string }> => chat.getClientConfig(),
});
