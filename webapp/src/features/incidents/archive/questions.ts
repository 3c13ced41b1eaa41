import { queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, keys } from "@/api";

/** Where an incident comes from; its `standing` is "" if it happened here. */
export const originQuery = (id: string) =>
  queryOptions({
    queryKey: keys.incidentOrigin(id),
    queryFn: () =>
      bodyOf(incidentApi.GET("/incidents/{incident_id}/origin", { params: { path: { incident_id: id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
