import { Client4 } from "@mattermost/client";
import type { Team } from "@mattermost/types/teams";

class Chat extends Client4 {
  /** The teams of one page, archived ones among them, for administrators; ours alone. */
  getTeamsIncludeDeleted(page: number, perPage: number): Promise<Team[]> {
    const query = `?include_deleted=true&page=${page}&per_page=${perPage}`;
    return this.doFetch(`${this.getTeamsRoute()}${query}`, { method: "get" });
  }

  /** Add the code of a second factor to what the provider of OpenID Connect has proved; ours alone. */
  enterProviderCode(token: string): Promise<unknown> {
    const body = JSON.stringify({ token });
    return this.doFetch(`${this.getUsersRoute()}/login/openid`, { method: "post", body });
  }
}

/** The chat's API (REST v4), as Mattermost's own client speaks it. The session is a cookie; it adds the proof (CSRF). */
export const chat = new Chat();

/** Where the API is: the site's own address, or the Mattermost that the product is a plugin of. */
export function setSite(url: string): void {
  chat.setUrl(url);
}

/** The proof that a call comes from our own page; goes with whatever is not GET. */
export function csrfToken(): string {
  return /(?:^|;\s*)MMCSRF=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}

/** The status of a refusal by either API; 0 when there was no answer. */
export function statusOf(error: unknown): number {
  return error instanceof Object && "status_code" in error && typeof error.status_code === "number"
    ? error.status_code
    : 0;
}

/** Which rule of the chat refused, by the name Mattermost has for it; "" for anything else. */
export function ruleOf(error: unknown): string {
  return error instanceof Object && "server_error_id" in error && typeof error.server_error_id === "string"
    ? error.server_error_id
    : "";
}

/** What to tell a person about a failure, if the server said something. */
export function messageOf(error: unknown): string | undefined {
  return statusOf(error) > 0 && error instanceof Error ? error.message : undefined;
}
