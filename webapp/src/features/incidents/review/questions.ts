import { queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, keys, type Wire } from "@/api";

export type Review = Wire["ReviewShape"];
export type Gap = Wire["GapShape"];
export type Cause = Wire["CauseShape"];
export type Evidence = Wire["EvidenceShape"];
export type Finding = Wire["FindingShape"];

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: keys.incidentReview(id),
    queryFn: () =>
      bodyOf(incidentApi.GET("/incidents/{incident_id}/review", { params: { path: { incident_id: id } } })),
  });
