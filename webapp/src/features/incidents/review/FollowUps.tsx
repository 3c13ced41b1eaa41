import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { channelMembersQuery, type Incident, messageOf, nameOf } from "@/api";
import {
  Button,
  Checkbox,
  dayStart,
  ErrorState,
  IconButton,
  Select,
  Spinner,
  TextField,
  toast,
  useTimeText,
  useTimeZone,
} from "@/ui";
import { Person } from "../Person";
import {
  type FollowUp,
  followUpsQuery,
  isTicketBeingMade,
  useFollowUpDeed,
  useMakeTicket,
} from "./documentQuestions";
import styles from "./Review.module.css";
import { useReviewText } from "./text";

/** What is to be done after the incident. */
export function FollowUps({ incident, canWrite }: { incident: Incident; canWrite: boolean }) {
  const text = useReviewText();
  const { data, error, refetch } = useQuery(followUpsQuery(incident.id));
  const deed = useFollowUpDeed(incident.id);
  const put = (one: FollowUp, kind: "done" | "open" | "remove") =>
    deed.mutate(
      { kind, one },
      { onError: (failure) => toast({ text: messageOf(failure) ?? text("notReached"), tone: "danger" }) },
    );
  return (
    <section className={styles.card} aria-labelledby="follow-ups">
      <h2 id="follow-ups" className={styles.title}>
        {text("followUps")}
      </h2>
      {error && !data && <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />}
      {!error && !data && <Spinner label={text("loading")} />}
      {data?.items.length === 0 && <p className={styles.hint}>{text("nothingToDo")}</p>}
      <ul className={styles.followUps}>
        {data?.items.map((one) => (
          <FollowUpRow
            key={one.id}
            one={one}
            canWrite={canWrite}
            ticketTool={incident.is_practice ? "" : data.ticket_tool}
            onPut={(kind) => put(one, kind)}
          />
        ))}
      </ul>
      {canWrite && <NewFollowUp incident={incident} />}
    </section>
  );
}

interface RowProps {
  one: FollowUp;
  canWrite: boolean;
  /** What can make tickets of follow-ups; "" if nothing can. */
  ticketTool: string;
  onPut: (kind: "done" | "open" | "remove") => void;
}

function FollowUpRow({ one, canWrite, ticketTool, onPut }: RowProps) {
  const text = useReviewText();
  const time = useTimeText();
  return (
    <li className={styles.followUp}>
      <Checkbox
        checked={one.done_at > 0}
        isDisabled={!canWrite}
        onChange={(isDone) => onPut(isDone ? "done" : "open")}
      >
        {one.title}
      </Checkbox>
      {one.assignee_id !== "" && <Person id={one.assignee_id} />}
      {one.due_at > 0 && <span className={styles.hint}>{text("dueOn", { date: time.day(one.due_at) })}</span>}
      <TicketOf one={one} tool={canWrite ? ticketTool : ""} />
      {canWrite && (
        <IconButton
          label={text("remove", { title: one.title })}
          icon={<Trash2 size={16} />}
          onPress={() => onPut("remove")}
        />
      )}
    </li>
  );
}

/** The ticket of a follow-up, or the way to one. */
function TicketOf({ one, tool }: { one: FollowUp; tool: string }) {
  const text = useReviewText();
  const zone = useTimeZone();
  const make = useMakeTicket(one, zone);
  if (one.ticket_url !== "") {
    return (
      <a
        className={styles.ticket}
        href={one.ticket_url}
        target="_blank"
        rel="noreferrer"
        aria-label={text("ticketIn", { reference: one.ticket_reference, title: one.title })}
      >
        {one.ticket_reference}
        <ExternalLink size={14} aria-hidden="true" />
      </a>
    );
  }
  if (tool === "") return null;
  return (
    <Button
      size="s"
      isPending={make.isPending}
      aria-label={text("makeTicketOf", { tool, title: one.title })}
      onPress={() => {
        if (isTicketBeingMade(one)) return;
        make.mutate(undefined, {
          onSuccess: ({ follow_up, remark }) =>
            toast({ text: remark || text("ticketMade", { reference: follow_up.ticket_reference }) }),
          onError: (failure) => toast({ text: messageOf(failure) ?? text("notReached"), tone: "danger" }),
        });
      }}
    >
      {text("makeTicket", { tool })}
    </Button>
  );
}

const MINUTE_MS = 60_000;

function NewFollowUp({ incident }: { incident: Incident }) {
  const text = useReviewText();
  const zone = useTimeZone();
  const deed = useFollowUpDeed(incident.id);
  const [title, setTitle] = useState("");
  const [assignee, setAssignee] = useState("");
  const [due, setDue] = useState("");
  const { data: people } = useQuery(channelMembersQuery(incident.channel_id));
  const add = () =>
    deed.mutate(
      {
        kind: "add",
        title,
        assignee_id: assignee,
        // The last minute of that day, where the reader is.
        due_at: due === "" ? 0 : dayStart(due, zone, 1) - MINUTE_MS,
      },
      {
        onSuccess: () => {
          setTitle("");
          setAssignee("");
          setDue("");
        },
      },
    );
  return (
    <form
      className={styles.newFollowUp}
      aria-label={text("newFollowUp")}
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() !== "") add();
      }}
    >
      <TextField
        label={text("followUpTitle")}
        value={title}
        onChange={setTitle}
        error={deed.error ? (messageOf(deed.error) ?? text("notReached")) : undefined}
      />
      <Select
        label={text("assignee")}
        options={[
          { id: "", text: text("nobody") },
          ...(people ?? []).filter((one) => !one.is_bot).map((one) => ({ id: one.id, text: nameOf(one) })),
        ]}
        selected={assignee}
        onSelect={(id) => setAssignee(id ?? "")}
      />
      <TextField label={text("dueDate")} type="date" value={due} onChange={setDue} />
      <Button type="submit" icon={<Plus size={16} />} isPending={deed.isPending}>
        {text("addFollowUp")}
      </Button>
    </form>
  );
}
