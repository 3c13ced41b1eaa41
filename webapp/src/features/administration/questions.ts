import type { AdminConfig } from "@mattermost/types/config";
import type { Team } from "@mattermost/types/teams";
import { queryOptions } from "@tanstack/react-query";
import { bodyOf, chat, incidentApi } from "@/api";

const PLUGIN = "com.mattermost.plugin-incident-management";
export const adminKey = (...rest: readonly unknown[]) => ["administration", ...rest] as const;

export const USERS_PER_PAGE = 50;

export const usersQuery = (term: string, page: number) =>
  queryOptions({
    queryKey: adminKey("users", term, page),
    queryFn: () =>
      term === ""
        ? chat.getProfiles(page, USERS_PER_PAGE)
        : chat.searchUsers(term, { limit: USERS_PER_PAGE, allow_inactive: true }),
  });

export const allTeamsQuery = queryOptions({
  queryKey: adminKey("teams"),
  queryFn: async (): Promise<Team[]> => {
    const found = await chat.getTeams(0, 200);
    return Array.isArray(found) ? found : found.teams;
  },
});

/** With those that are archived: where teams are looked after, and nowhere else. */
export const teamsAndArchivedQuery = queryOptions({
  queryKey: adminKey("teams", "archived too"),
  queryFn: () => chat.getTeamsIncludeDeleted(0, 200),
});

export const settingsQuery = queryOptions({
  queryKey: adminKey("settings"),
  queryFn: () => chat.getConfig(),
});

export const integrationsQuery = queryOptions({
  queryKey: adminKey("integrations"),
  queryFn: () => bodyOf(incidentApi.GET("/integrations")),
});

export const hooksQuery = (team: string) =>
  queryOptions({
    queryKey: adminKey("hooks", team),
    queryFn: async () => {
      const found = await chat.getIncomingWebhooks(team);
      return Array.isArray(found) ? found : found.incoming_webhooks;
    },
    enabled: team !== "",
  });

export const outgoingQuery = (team: string) =>
  queryOptions({
    queryKey: adminKey("outgoing", team),
    queryFn: () => chat.getOutgoingWebhooks("", team, 0, 200),
  });

export const alertSourcesQuery = (team: string) =>
  queryOptions({
    queryKey: adminKey("alerts", team),
    queryFn: () => bodyOf(incidentApi.GET("/alert-sources", { params: { query: { team_id: team } } })),
  });

export const peopleOfTeamQuery = (team: string) =>
  queryOptions({
    queryKey: adminKey("people", team),
    queryFn: () => chat.getProfilesInTeam(team, 0, 200),
  });

export const sessionsQuery = (user: string) =>
  queryOptions({ queryKey: adminKey("sessions", user), queryFn: () => chat.getSessions(user) });

export const commandsQuery = (team: string) =>
  queryOptions({
    queryKey: adminKey("commands", team),
    queryFn: () => chat.getCustomTeamCommands(team),
    enabled: team !== "",
  });

export const botsQuery = queryOptions({ queryKey: adminKey("bots"), queryFn: () => chat.getBots(0, 200) });

export const healthQuery = queryOptions({
  queryKey: adminKey("health"),
  queryFn: async ({ signal }) => {
    const [ready, figures, config] = await Promise.all([
      fetch("/readyz", { signal }),
      fetch("/metrics", { signal }).then((answer) => answer.text()),
      chat.getClientConfig(),
    ]);
    return { isReady: ready.ok, figures: figuresIn(figures), version: config.Version ?? "" };
  },
  refetchInterval: 10_000,
});

/** The plain figures of a text in Prometheus' format, by their names. */
export function figuresIn(text: string): Map<string, number> {
  const figures = new Map<string, number>();
  for (const line of text.split("\n")) {
    const found = /^([a-z_]+) ([0-9.e+]+)$/.exec(line);
    if (found?.[1] !== undefined) figures.set(found[1], Number(found[2]));
  }
  return figures;
}

/** The product's own settings among those of the server. */
export function productSettings(config: AdminConfig): { isOn: boolean; creators: string } {
  const own: Record<string, unknown> = config.PluginSettings.Plugins?.[PLUGIN] ?? {};
  return {
    isOn: config.PluginSettings.PluginStates?.[PLUGIN]?.Enable ?? true,
    creators: typeof own.playbookcreators === "string" ? own.playbookcreators : "members",
  };
}

/** Change the product's own settings. */
export function changeProduct(change: { isOn?: boolean; creators?: string }): Promise<AdminConfig> {
  return chat.patchConfig({
    PluginSettings: {
      ...(change.isOn !== undefined && { PluginStates: { [PLUGIN]: { Enable: change.isOn } } }),
      ...(change.creators !== undefined && { Plugins: { [PLUGIN]: { playbookcreators: change.creators } } }),
    },
  });
}
