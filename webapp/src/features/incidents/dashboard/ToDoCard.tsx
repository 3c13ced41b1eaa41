import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/api";
import { Link, paths, useTeam } from "@/host";
import { Badge, ErrorState, Spinner, useNow, useTimeText } from "@/ui";
import { Card } from "./Card";
import styles from "./Dashboard.module.css";
import { type Question, type ToDo, toDoQuery } from "./questions";
import { useDashboardText } from "./text";

/** What is left to do after the incidents. */
export function ToDoCard({ question }: { question: Question }) {
  const text = useDashboardText();
  const { data, error, refetch } = useQuery(toDoQuery(question));
  return (
    <Card
      title={text("openFollowUps")}
      hint={
        data && data.open > data.items.length
          ? text("moreToDo", { shown: data.items.length, all: data.open })
          : undefined
      }
      csv="follow_ups"
      question={question}
      table={
        data ? (
          <ToDoTable toDo={data} />
        ) : error ? (
          <ErrorState message={messageOf(error) ?? text("notReached")} onRetry={() => void refetch()} />
        ) : (
          <Spinner label={text("loading")} />
        )
      }
    />
  );
}

function ToDoTable({ toDo }: { toDo: ToDo }) {
  const text = useDashboardText();
  const team = useTeam();
  const time = useTimeText();
  const now = useNow();
  if (toDo.items.length === 0) return <p className={styles.hint}>{text("nothingToDo")}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text("followUp")}</th>
          <th scope="col">{text("due")}</th>
          <th scope="col">{text("assignee")}</th>
          <th scope="col">{text("incident")}</th>
        </tr>
      </thead>
      <tbody>
        {toDo.items.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link href={`${paths.incident(team.name, one.incident_id)}?view=review`}>{one.title}</Link>
            </th>
            <td>
              {one.due_at > 0 ? time.day(one.due_at) : text("noDue")}{" "}
              {one.due_at > 0 && one.due_at <= now && <Badge tone="danger">{text("overdue")}</Badge>}
            </td>
            <td>{one.assignee_username !== "" && `@${one.assignee_username}`}</td>
            <td>{one.incident_name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
