import { useMutation, useQuery } from "@tanstack/react-query";
import { UserMinus, UserPlus } from "lucide-react";
import { useId, useState } from "react";
import {
  type Incident,
  incidentMembersQuery,
  listedAs,
  messageOf,
  nameOf,
  pictureOf,
  setIncidentMember,
  teamPeopleQuery,
} from "@/api";
import { useMe } from "@/host";
import { Button, ErrorState, IconButton, Spinner, toast, UserPicker } from "@/ui";
import { Person } from "../Person";
import { useIncidentsText } from "../text";
import styles from "./PeopleCard.module.css";

/** Who is in an incident that has no channel to enter: added, removed, and left. */
export function PeopleCard({ incident, isIn }: { incident: Incident; isIn: boolean | undefined }) {
  const text = useIncidentsText();
  const me = useMe();
  const title = useId();
  const { data, error, refetch } = useQuery({
    ...incidentMembersQuery(incident.id),
    refetchOnMount: "always",
  });
  const change = useMutation({
    mutationFn: ({ id, isIn }: { id: string; isIn: boolean }) => setIncidentMember(incident.id, id, isIn),
    onError: (cause) => toast({ text: messageOf(cause) ?? text("notReached"), tone: "danger" }),
  });
  const mayChange = isIn === true || me.isAdmin;
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
  return (
    <section className={styles.card} aria-labelledby={title}>
      <h3 id={title} className={styles.title}>
        {text("people")}
      </h3>
      {mayChange && (
        <AddPeople
          incident={incident}
          here={data.map((user) => user.id)}
          onPick={(id) => change.mutate({ id, isIn: true })}
        />
      )}
      <ul className={styles.people}>
        {data.map((user) => (
          <li key={user.id} className={styles.person}>
            <Person id={user.id} />
            {mayChange && (
              <IconButton
                size="s"
                label={user.id === me.id ? text("leave") : text("removePerson", { name: nameOf(user) })}
                icon={<UserMinus size={16} />}
                isDisabled={change.isPending}
                onPress={() => change.mutate({ id: user.id, isIn: false })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AddPeopleProps {
  incident: Incident;
  here: readonly string[];
  onPick: (id: string) => void;
}

function AddPeople({ incident, here, onPick }: AddPeopleProps) {
  const text = useIncidentsText();
  const [term, setTerm] = useState("");
  const { data: found, isPending } = useQuery({
    ...teamPeopleQuery(incident.team_id, term),
    enabled: term !== "",
  });
  return (
    <UserPicker
      label={text("addPeople")}
      trigger={<Button icon={<UserPlus size={15} />}>{text("addPeople")}</Button>}
      users={(term === "" ? [] : (found ?? []))
        .filter((user) => !user.is_bot && !here.includes(user.id))
        .map((user) => ({ id: user.id, picture: pictureOf(user), text: listedAs(user) }))}
      selected={null}
      isLoading={term !== "" && isPending}
      onSearch={setTerm}
      onPick={onPick}
    />
  );
}
