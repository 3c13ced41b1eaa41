import "./reset.css";
import "@/ui/styles/tokens.css";
import "@/ui/styles/elements.css";
import "./plugin.css";
import { createRoot } from "react-dom/client";
import { setSite } from "@/api";
import {
  commandHooks,
  navigate,
  navigatorStore,
  paths,
  placeStore,
  postMenuEntries,
  register,
  SITE,
} from "@/host";
import { spokenLanguage } from "../common/languages";
import { features } from "./features";
import { followHost } from "./host";
import { PluginApp } from "./PluginApp";
import type { Slots } from "./slots";
import type { HostPanel, HostRegistry, HostStore } from "./surroundings";

/** What Mattermost gave us, and the places in its page that are ours. */
export interface Plugged {
  registry: HostRegistry;
  store: HostStore;
  slots: Slots;
  panel: HostPanel | null;
}

/** What the script that Mattermost loads (main.ts) asks of the app. */
export interface Running {
  startFrom: (postId: string) => void;
  openPlaybooks: () => void;
  /** What becomes of a slash command; null when it is done already. */
  command: (command: string, place: { channel_id: string; root_id?: string }) => string | null;
  stop: () => void;
}

export interface App {
  start: (plugged: Plugged) => Promise<Running>;
}

register(...features);
setSite(SITE);
navigatorStore.setState({ leadsToSignIn: false });

export async function start(plugged: Plugged): Promise<Running> {
  const { users } = plugged.store.getState().entities;
  const language = await spokenLanguage([users.profiles[users.currentUserId]?.locale || "en"]);
  const unfollow = followHost(plugged);
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  root.render(<PluginApp language={language} slots={plugged.slots} store={plugged.store} />);
  return {
    startFrom: (postId) => {
      for (const entry of postMenuEntries()) entry.onAction(postId);
    },
    openPlaybooks: () => {
      const { team } = placeStore.getState();
      if (team) navigate(paths.playbooks(team.name));
    },
    command: (command, { channel_id, root_id = "" }) =>
      commandHooks().reduce<string | null>(
        (said, hook) => (said === null ? null : hook(said, { channelId: channel_id, rootId: root_id })),
        command,
      ),
    stop: () => {
      root.unmount();
      place.remove();
      unfollow();
    },
  };
}
