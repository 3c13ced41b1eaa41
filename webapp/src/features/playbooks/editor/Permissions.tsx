import { useQuery } from "@tanstack/react-query";
import { UserSearch } from "lucide-react";
import { useEffect, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { nameOf, pictureOf, remember, teamPeopleQuery, useUser } from "@/api";
import { useMe, useTeam } from "@/host";
import { Avatar, Banner, Button, UserPicker } from "@/ui";
import { usePlaybooksText } from "../text";
import type { Draft } from "./draft";
import { useEditor } from "./EditorContext";
import page from "./EditorPage.module.css";
import styles from "./Permissions.module.css";

/** Who may see the incident channels, and who may use the playbook. */
export function Permissions({ draft }: { draft: Draft }) {
  const text = usePlaybooksText();
  const me = useMe();
  const { dispatch } = useEditor();
  const setMembers = (memberIds: readonly string[]) => dispatch({ kind: "set", fields: { memberIds } });
  return (
    <div className={styles.permissions}>
      <RadioGroup
        className={styles.part}
        value={draft.isPublic ? "public" : "private"}
        onChange={(value) => dispatch({ kind: "set", fields: { isPublic: value === "public" } })}
      >
        <Label className={page.heading}>{text("channelAccess")}</Label>
        <p className={page.help}>{text("channelAccessHelp")}</p>
        <Radio value="public" className={styles.radio}>
          <span className={styles.dot} />
          {text("public")}
        </Radio>
        <Radio value="private" className={styles.radio}>
          <span className={styles.dot} />
          {text("private")}
        </Radio>
      </RadioGroup>
      <section className={styles.part} aria-labelledby="playbook-access">
        <p id="playbook-access" className={page.heading}>
          {text("playbookAccess")}
        </p>
        <p className={page.help}>{text("playbookAccessHelp")}</p>
        <AddPeople present={draft.memberIds} onAdd={(id) => setMembers([...draft.memberIds, id])} />
        {draft.memberIds.length === 0 ? (
          <Banner tone="warning">{text("nobodyHasAccess")}</Banner>
        ) : (
          !draft.memberIds.includes(me.id) && <Banner tone="warning">{text("youHaveNoAccess")}</Banner>
        )}
        <ul className={styles.people}>
          {draft.memberIds.map((id) => (
            <Person
              key={id}
              id={id}
              onRemove={() => setMembers(draft.memberIds.filter((one) => one !== id))}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

function Person({ id, onRemove }: { id: string; onRemove: () => void }) {
  const text = usePlaybooksText();
  const user = useUser(id);
  const name = user ? nameOf(user) : user === null ? text("unknownPerson") : "…";
  return (
    <li className={styles.person}>
      {user && <Avatar src={pictureOf(user)} size={32} />}
      <span className={styles.name}>
        {name}
        {user && name !== user.username && <span className={styles.username}>@{user.username}</span>}
      </span>
      <Button variant="quiet" size="s" aria-label={text("removePerson", { name })} onPress={onRemove}>
        {text("remove")}
      </Button>
    </li>
  );
}

const DEBOUNCE_MS = 150;

function AddPeople({ present, onAdd }: { present: readonly string[]; onAdd: (id: string) => void }) {
  const text = usePlaybooksText();
  const team = useTeam();
  const [typed, setTyped] = useState("");
  const [term, setTerm] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setTerm(typed.trim()), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data: people, isFetching } = useQuery(teamPeopleQuery(team.id, term));
  return (
    <UserPicker
      label={text("addPeople")}
      trigger={
        <Button fullWidth icon={<UserSearch size={16} />}>
          {text("addPeople")}
        </Button>
      }
      users={(people ?? [])
        .filter(({ id, delete_at }) => delete_at === 0 && !present.includes(id))
        .map((user) => ({
          id: user.id,
          picture: pictureOf(user),
          text: [`@${user.username}`, user.first_name, user.last_name].filter(Boolean).join(" "),
        }))}
      selected={null}
      isLoading={isFetching}
      onSearch={setTyped}
      onPick={(id) => {
        const user = people?.find((one) => one.id === id);
        if (user) remember(user);
        onAdd(id);
        setTyped("");
      }}
    />
  );
}
