import type { App, Running } from "./app";
import { shieldIcon, slotComponent } from "./shims";
import { makeSlots, type Slots } from "./slots";
import {
  ADDRESS,
  type HostPanel,
  type HostRegistry,
  type HostStore,
  hostWindow,
  PLUGIN,
} from "./surroundings";
import de from "./text.de";
import en from "./text.en";

/** Names of the built app's files, which lie beside this script (vite.mattermost.config.ts). */
declare const APP_SCRIPT: string;
declare const APP_STYLE: string;

const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

/**
 * What Mattermost loads of us: it registers all at once, small, in whichever version of React is there. The app
 * itself, which has a React of its own, comes after it.
 */
class Plugin {
  private ends: (() => void)[] = [];
  private app: Promise<Running> | null = null;
  private running: Running | null = null;
  /** What ran before this, until it has stopped. */
  private before: Promise<void> | undefined;

  initialize(registry: HostRegistry, store: HostStore): void {
    const slots = makeSlots();
    const panel = this.register(registry, store, slots);
    this.addStyle();
    const begin = () => {
      if (this.app === null && store.getState().entities.users.currentUserId !== "") {
        this.app = this.load({ registry, store, slots, panel });
      }
    };
    this.ends.push(store.subscribe(begin));
    begin();
  }

  uninitialize(): void {
    for (const end of this.ends.splice(0)) end();
    this.before = this.app?.then((app) => app.stop());
    this.app = null;
    this.running = null;
  }

  private async load(plugged: Parameters<App["start"]>[0]): Promise<Running> {
    await this.before;
    const { start }: App = await import(/* @vite-ignore */ new URL(APP_SCRIPT, here).href);
    this.running = await start(plugged);
    return this.running;
  }

  private register(registry: HostRegistry, store: HostStore, slots: Slots): HostPanel | null {
    const { createElement } = hostWindow.React;
    const words = wordsFor(store);
    const panel = registry.registerRightHandSidebarComponent?.(
      slotComponent(slots, "panel"),
      createElement(slotComponent(slots, "title")),
    );
    const ids = [
      panel?.id,
      panel &&
        registry.registerChannelHeaderButtonAction?.(
          shieldIcon(),
          () => void store.dispatch(panel.toggleRHSPlugin ?? panel.showRHSPlugin),
          words.incidents,
          words.incidents,
        ),
      registry.registerMainMenuAction?.(
        words.playbooks,
        () => void this.app?.then((app) => app.openPlaybooks()),
        shieldIcon(),
      ),
      registry.registerPostDropdownMenuAction?.(
        words.startIncident,
        (postId) => void this.app?.then((app) => app.startFrom(postId)),
      ),
      registry.registerSlashCommandWillBePostedHook?.((message, args) => {
        if (this.running === null) return { message, args };
        const command = this.running.command(message, args);
        return command === null ? {} : { message: command, args };
      }),
      registryAt(ADDRESS, registry).registerNeedsTeamRoute?.("/", slotComponent(slots, "page")),
    ];
    this.ends.push(() => {
      for (const id of ids) if (id !== undefined) registry.unregisterComponent?.(id);
    });
    return panel ?? null;
  }

  private addStyle(): void {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    // By this name react-aria knows that the style element which it would add is there; a policy may forbid it.
    link.id = "react-aria-pressable-style";
    link.href = new URL(APP_STYLE, here).href;
    document.head.append(link);
    this.ends.push(() => link.remove());
  }
}

/** Words that Mattermost itself draws, in the language of the profile, as it is when Mattermost loads us. */
function wordsFor(store: HostStore): typeof en {
  const { currentUserId, profiles } = store.getState().entities.users;
  const locale = profiles[currentUserId]?.locale ?? navigator.language;
  return locale.startsWith("de") ? de : en;
}

/** A registry as Mattermost would give it to a plugin of another id: the addresses of pages begin with that. */
function registryAt(id: string, registry: HostRegistry): HostRegistry {
  const Registry = registry.constructor as new (id: string) => HostRegistry;
  return new Registry(id);
}

hostWindow.registerPlugin(PLUGIN, new Plugin());
