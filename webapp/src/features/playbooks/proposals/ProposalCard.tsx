import { useId, useState } from "react";
import { Link, paths, useTeam } from "@/host";
import { Button, Dialog, TextField, useTimeText } from "@/ui";
import { DifferenceList } from "./DifferenceList";
import { inMinutes } from "./minutes";
import styles from "./Proposals.module.css";
import type { Proposal } from "./questions";
import { useProposalsText } from "./text";
import { useChangeWords } from "./useChangeWords";

interface ProposalCardProps {
  proposal: Proposal;
  /** Nothing can be decided now. */
  isHeld: boolean;
  isPending: boolean;
  onAccept: () => void;
  onDecline: (reason: string) => void;
}

/** A proposal: what would change, what it rests on, what it saves, and what to do about it. */
export function ProposalCard({ proposal, isHeld, isPending, onAccept, onDecline }: ProposalCardProps) {
  const text = useProposalsText();
  const words = useChangeWords()(proposal.change);
  const title = useId();
  const [isDeclining, setDeclining] = useState(false);
  const { seen, runs } = proposal;
  const saved = inMinutes(proposal.saved_ms);
  return (
    <li>
      <article className={styles.card} aria-labelledby={title}>
        <h2 id={title} className={styles.title}>
          {words}
        </h2>
        <DifferenceList proposal={proposal} />
        <p>
          {text("seen", { seen, runs })}{" "}
          {saved.high === 0 && saved.low === 0 ? text("savesNothing") : text("saves", { ...saved })}
        </p>
        <Sightings proposal={proposal} />
        <div className={styles.deeds}>
          <Button variant="primary" isDisabled={isHeld} isPending={isPending} onPress={onAccept}>
            {text("accept")}
          </Button>
          <Button isDisabled={isHeld} onPress={() => setDeclining(true)}>
            {text("decline")}
          </Button>
        </div>
      </article>
      <DeclineDialog
        title={text("declineWhat", { change: words })}
        isOpen={isDeclining}
        onClose={() => setDeclining(false)}
        onDecline={(reason) => {
          setDeclining(false);
          onDecline(reason);
        }}
      />
    </li>
  );
}

function Sightings({ proposal: { incidents } }: { proposal: Proposal }) {
  const text = useProposalsText();
  const team = useTeam();
  const time = useTimeText();
  return (
    <details>
      <summary className={styles.more}>{text("evidence", { count: incidents.length })}</summary>
      <ul className={styles.evidence}>
        {incidents.map(({ incident_id, name, began_at, events }) => (
          <li key={incident_id}>
            <Link href={`${paths.incident(team.name, incident_id)}?event=${events[0] ?? 1}`}>{name}</Link>
            {` · ${time.moment(began_at)} · ${events.map((number) => text("event", { number })).join(", ")}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface DeclineDialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

function DeclineDialog({ title, isOpen, onClose, onDecline }: DeclineDialogProps) {
  const text = useProposalsText();
  const [reason, setReason] = useState("");
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      size="s"
      keepsOpen
      footer={
        <Button
          variant="primary"
          isDisabled={reason.trim() === ""}
          onPress={() => {
            onDecline(reason);
            setReason("");
          }}
        >
          {text("decline")}
        </Button>
      }
    >
      <TextField
        label={text("reason")}
        help={text("reasonHelp")}
        rows={3}
        maxLength={1000}
        isRequired
        autoFocus
        value={reason}
        onChange={setReason}
      />
    </Dialog>
  );
}
