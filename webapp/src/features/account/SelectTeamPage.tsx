import type { Team } from "@mattermost/types/teams";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { chat, keys, messageOf, teamsQuery } from "@/api";
import { Link, navigate, paths, useMe } from "@/host";
import { Banner, Button, ErrorState, Spinner, StateScreen, TextField } from "@/ui";
import { teamNameOf } from "./entering";
import styles from "./SelectTeamPage.module.css";
import { useAccountText } from "./text";

/** The teams one is in, those one may join, and a new one. */
export default function SelectTeamPage() {
  const text = useAccountText();
  const me = useMe();
  const mine = useQuery(teamsQuery);
  const open = useQuery({
    queryKey: [...keys.teams, "open"],
    queryFn: async () => {
      const found = await chat.getTeams(0, 200);
      return Array.isArray(found) ? found : found.teams;
    },
  });
  if (mine.error)
    return (
      <StateScreen>
        <ErrorState isPage message={messageOf(mine.error)} onRetry={() => void mine.refetch()} />
      </StateScreen>
    );
  if (!mine.data) return <Spinner />;
  const own = new Set(mine.data.map((team) => team.id));
  const others = (open.data ?? []).filter(
    (team: Team) => !own.has(team.id) && (team.allow_open_invite || me.isAdmin),
  );
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{text("teams")}</h1>
      {mine.data.length === 0 && <p>{text("noTeamYet")}</p>}
      <ul className={styles.list}>
        {mine.data.map((team) => (
          <li key={team.id}>
            <Link className={styles.team} href={paths.channel(team.name, "town-square")}>
              {team.display_name}
            </Link>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <section>
          <h2 className={styles.heading}>{text("openTeams")}</h2>
          <ul className={styles.list}>
            {others.map((team) => (
              <JoinableTeam key={team.id} team={team} />
            ))}
          </ul>
        </section>
      )}
      <NewTeam />
    </main>
  );
}

function JoinableTeam({ team }: { team: Team }) {
  const text = useAccountText();
  const me = useMe();
  const queries = useQueryClient();
  const join = useMutation({
    mutationFn: () => chat.addToTeam(team.id, me.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.teams });
      navigate(paths.channel(team.name, "town-square"));
    },
  });
  return (
    <li className={styles.team}>
      <span className={styles.name}>{team.display_name}</span>
      {join.error && <span role="alert">{messageOf(join.error)}</span>}
      <Button size="s" isPending={join.isPending} onPress={() => join.mutate()}>
        {text("join")}
      </Button>
    </li>
  );
}

function NewTeam() {
  const text = useAccountText();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () =>
      // The client's type wants a whole team; the server fills in what is not given.
      chat.createTeam({ name: teamNameOf(name), display_name: name, type: "I" } as Parameters<
        typeof chat.createTeam
      >[0]),
    onSuccess: async (team) => {
      await queries.invalidateQueries({ queryKey: keys.teams });
      navigate(paths.channel(team.name, "town-square"));
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <h2 className={styles.heading}>{text("newTeam")}</h2>
      {make.error && <Banner tone="danger">{messageOf(make.error) ?? text("signInFailed")}</Banner>}
      <TextField
        label={text("teamName")}
        isRequired
        minLength={2}
        maxLength={64}
        value={name}
        onChange={setName}
      />
      <Button type="submit" isPending={make.isPending}>
        {text("makeTeam")}
      </Button>
    </form>
  );
}
