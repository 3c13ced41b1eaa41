import createClient, { type Middleware } from "openapi-fetch";
import { SITE } from "@/host";
import { csrfToken } from "./client";
import type { components, paths } from "./schema";

/** Shapes of the incident API: `Wire["Incident"]`. */
export type Wire = components["schemas"];

/** A refusal by the incident API, in the same form as the chat's. */
export class Refused extends Error {
  constructor(
    readonly status_code: number,
    message: string,
  ) {
    super(message);
  }
}

const checked: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") {
      request.headers.set("X-CSRF-Token", csrfToken());
      request.headers.set("X-Requested-With", "XMLHttpRequest");
    }
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return;
    throw new Refused(response.status, await reasonIn(response));
  },
};

async function reasonIn(response: Response): Promise<string> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (body instanceof Object) {
    if ("error" in body && typeof body.error === "string") return body.error;
    if ("message" in body && typeof body.message === "string") return body.message;
  }
  return response.statusText;
}

export const incidentApiUrl = `${SITE}/plugins/com.mattermost.plugin-incident-management/api/v0`;

/** The incident API (REST v0 and what is ours beside it), typed by the server's own OpenAPI document. */
export const incidentApi = createClient<paths>({ baseUrl: incidentApiUrl });
incidentApi.use(checked);

/** The body of an answer that has been checked already. */
export async function bodyOf<Body>(answer: Promise<{ data?: Body }>): Promise<Body> {
  const { data } = await answer;
  if (data === undefined) throw new Refused(0, "The answer is empty");
  return data;
}

/** Bring the incident of an archive into a team. The file is the body, which the typed client does not know. */
export async function importArchive(team: string, file: File): Promise<Wire["ImportedShape"]> {
  const response = await fetch(`${incidentApiUrl}/archives?team_id=${team}`, {
    method: "POST",
    body: file,
    headers: {
      "Content-Type": "application/zip",
      "X-CSRF-Token": csrfToken(),
      "X-Requested-With": "XMLHttpRequest",
    },
  });
  if (!response.ok) throw new Refused(response.status, await reasonIn(response));
  return (await response.json()) as Wire["ImportedShape"];
}
