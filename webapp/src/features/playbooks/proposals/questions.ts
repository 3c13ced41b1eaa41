import { queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, keys, type Wire } from "@/api";

export type Proposal = Wire["ProposalShape"];
export type Change = Wire["ChangeShape"];
export type Decision = Wire["DecisionShape"];
export type Effect = Wire["EffectShape"];
export type Proposals = Wire["ProposalsShape"];

export const proposalsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.proposals(id),
    queryFn: () =>
      bodyOf(
        incidentApi.GET("/playbooks/{playbook_id}/proposals", { params: { path: { playbook_id: id } } }),
      ),
  });
