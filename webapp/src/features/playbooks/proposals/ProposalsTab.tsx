import { useQuery } from "@tanstack/react-query";
import { Lightbulb } from "lucide-react";
import { useEffect, useRef } from "react";
import { messageOf } from "@/api";
import { Banner, EmptyState, ErrorState, Spinner } from "@/ui";
import { useDecisions } from "./deeds";
import { DecisionList, VersionTable } from "./History";
import { ProposalCard } from "./ProposalCard";
import styles from "./Proposals.module.css";
import { proposalsQuery } from "./questions";
import { useProposalsText } from "./text";

interface ProposalsTabProps {
  playbook: string;
  /** What is edited here is not saved: a decision would make another version of the playbook. */
  isUnsaved: boolean;
}

/** What past incidents say should change about the playbook, and what came of earlier decisions. */
export default function ProposalsTab({ playbook, isUnsaved }: ProposalsTabProps) {
  const text = useProposalsText();
  const { data, error, refetch } = useQuery(proposalsQuery(playbook));
  const { accept, decline, undo } = useDecisions(playbook);
  const place = useRef<HTMLElement>(null);
  const hasDecided = useRef(false);
  const isBusy = accept.isPending || decline.isPending || undo.isPending;
  useEffect(() => {
    // What was decided about has gone, and the focus with it: whoever uses keys goes on from here.
    if (isBusy) hasDecided.current = true;
    else if (hasDecided.current && data && document.activeElement === document.body) place.current?.focus();
  }, [isBusy, data]);
  if (!data) {
    return error ? (
      <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />
    ) : (
      <Spinner label={text("loading")} />
    );
  }
  const isHeld = isUnsaved || isBusy;
  return (
    <section ref={place} tabIndex={-1} className={styles.tab} aria-label={text("proposals")}>
      {isUnsaved && <Banner tone="warning">{text("firstSave")}</Banner>}
      {data.items.length === 0 && (
        <EmptyState title={text("noneYet")} icon={<Lightbulb size={26} />}>
          {text("noneYetWhy", { runs: data.runs })}
        </EmptyState>
      )}
      <ul className={styles.cards}>
        {data.items.map((proposal) => (
          <ProposalCard
            key={proposal.id}
            proposal={proposal}
            isHeld={isHeld}
            isPending={accept.isPending && accept.variables.id === proposal.id}
            onAccept={() => accept.mutate({ id: proposal.id, version: data.playbook_version })}
            onDecline={(reason) => decline.mutate({ id: proposal.id, reason })}
          />
        ))}
      </ul>
      <DecisionList decisions={data.decisions} isHeld={isHeld} onUndo={undo.mutate} />
      <VersionTable versions={data.versions} />
    </section>
  );
}
