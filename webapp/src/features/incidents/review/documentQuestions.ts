import { queryOptions, useMutation } from "@tanstack/react-query";
import { bodyOf, cache, incidentApi, keys, type Wire } from "@/api";

export type ReviewDocument = Wire["DocumentShape"];
export type FollowUp = Wire["FollowUpShape"];
export type DocumentStatus = "draft" | "in_review" | "published";

const at = (id: string) => ({ path: { incident_id: id } });

export const documentQuery = (id: string, timezone: string) =>
  queryOptions({
    queryKey: keys.reviewDocument(id),
    queryFn: () =>
      bodyOf(
        incidentApi.GET("/incidents/{incident_id}/review/document", {
          params: { ...at(id), query: { timezone } },
        }),
      ),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.reviewVersions(id),
    queryFn: () =>
      bodyOf(incidentApi.GET("/incidents/{incident_id}/review/document/versions", { params: at(id) })),
  });

export const readVersion = (id: string, version: number) =>
  bodyOf(
    incidentApi.GET("/incidents/{incident_id}/review/document/versions/{document_version}", {
      params: { path: { incident_id: id, document_version: String(version) } },
    }),
  );

export const followUpsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.followUps(id),
    queryFn: () => bodyOf(incidentApi.GET("/incidents/{incident_id}/follow_ups", { params: at(id) })),
  });

/** Keeps what the server answered, and asks for the versions anew. */
function keep(id: string, document: ReviewDocument): void {
  cache.setQueryData(keys.reviewDocument(id), document);
  void cache.invalidateQueries({ queryKey: keys.reviewVersions(id) });
}

export function useSaveDocument(id: string) {
  return useMutation({
    mutationFn: (body: { text: string; version: number }) =>
      bodyOf(incidentApi.PUT("/incidents/{incident_id}/review/document", { params: at(id), body })),
    onSuccess: (saved) => keep(id, saved),
    onError: () => cache.invalidateQueries({ queryKey: keys.reviewDocument(id) }),
  });
}

export function usePutStatus(id: string) {
  return useMutation({
    mutationFn: (body: { status: DocumentStatus; version: number }) =>
      bodyOf(incidentApi.PUT("/incidents/{incident_id}/review/document/status", { params: at(id), body })),
    onSuccess: (saved) => keep(id, saved),
    onError: () => cache.invalidateQueries({ queryKey: keys.reviewDocument(id) }),
  });
}

export type FollowUpDeed =
  | { kind: "add"; title: string; assignee_id: string; due_at: number }
  | { kind: "done" | "open" | "remove"; one: FollowUp };

export function useFollowUpDeed(id: string) {
  return useMutation({
    mutationFn: async (deed: FollowUpDeed): Promise<void> => {
      if (deed.kind === "add") {
        const { title, assignee_id, due_at } = deed;
        const body = { title, assignee_id, due_at };
        await incidentApi.POST("/incidents/{incident_id}/follow_ups", { params: at(id), body });
        return;
      }
      const { id: follow_up_id, version } = deed.one;
      const path = { incident_id: id, follow_up_id };
      if (deed.kind === "remove") {
        await incidentApi.DELETE("/incidents/{incident_id}/follow_ups/{follow_up_id}", {
          params: { path, query: { version } },
        });
      } else {
        await incidentApi.PUT(`/incidents/{incident_id}/follow_ups/{follow_up_id}/${deed.kind}`, {
          params: { path },
          body: { version },
        });
      }
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.followUps(id) }),
  });
}

/** Make a ticket of a follow-up in the tool that is set up; the date is a day in the reader's zone. */
export function useMakeTicket({ id, incident_id }: FollowUp, timezone: string) {
  return useMutation({
    mutationKey: keys.ticketOf(id),
    mutationFn: () =>
      bodyOf(
        incidentApi.POST("/incidents/{incident_id}/follow_ups/{follow_up_id}/ticket", {
          params: { path: { incident_id, follow_up_id: id }, query: { timezone } },
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.followUps(incident_id) }),
  });
}

/** Whether one is being made: known at once, before a second click. */
export function isTicketBeingMade({ id }: FollowUp): boolean {
  return cache.isMutating({ mutationKey: keys.ticketOf(id) }) > 0;
}
