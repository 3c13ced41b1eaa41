import { useMutation, useQuery } from "@tanstack/react-query";
import { Suspense, useLayoutEffect } from "react";
import { chat, messageOf, teamsQuery } from "@/api";
import { Link, navigate, paths, placeStore, roots, useConnection, useMe, useTeam } from "@/host";
import { Banner, Button, EmptyState, ErrorState, Select, Spinner, StateScreen, toast } from "@/ui";
import { Beside } from "./Beside";
import styles from "./Frame.module.css";
import { useAttachedText } from "./text";

interface FrameProps {
  /** Its name. */
  team: string;
  /** The id of the incident whose page it is. */
  incident?: string | undefined;
  children: React.ReactNode;
}

/** A page inside a team, below one bar: the team, the way to Mattermost, the way out. */
export function Frame({ team: name, incident, children }: FrameProps) {
  const { data: teams, error, refetch } = useQuery(teamsQuery);
  const team = teams?.find((one) => one.name === name);
  const shown = placeStore((place) => place.team);
  useLayoutEffect(() => {
    placeStore.setState({
      team: team ? { id: team.id, name: team.name, displayName: team.display_name } : null,
    });
  }, [team]);
  if (error)
    return (
      <StateScreen>
        <ErrorState isPage message={messageOf(error)} onRetry={() => void refetch()} />
      </StateScreen>
    );
  if (!teams) return <Spinner />;
  if (!team) return <NoTeam />;
  if (shown?.id !== team.id) return null;
  return (
    <div className={styles.frame}>
      <Bar teams={teams.map((one) => ({ id: one.name, text: one.display_name }))} />
      <div className={styles.places}>
        <main className={styles.page}>
          <Suspense fallback={<Spinner />}>{children}</Suspense>
        </main>
        {incident && <Beside key={incident} incident={incident} />}
      </div>
      {roots().map((Root, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the roots are the same for as long as the page lives
        <Suspense key={at} fallback={null}>
          <Root />
        </Suspense>
      ))}
    </div>
  );
}

/** "/": the incidents of the first team. */
export function Home() {
  const { data: teams, error, refetch } = useQuery(teamsQuery);
  const first = teams?.[0]?.name;
  useLayoutEffect(() => {
    if (first !== undefined) navigate(paths.incidents(first), { replace: true });
  }, [first]);
  if (error)
    return (
      <StateScreen>
        <ErrorState isPage message={messageOf(error)} onRetry={() => void refetch()} />
      </StateScreen>
    );
  return teams?.length === 0 ? <NoTeam /> : <Spinner />;
}

function Bar({ teams }: { teams: readonly { id: string; text: string }[] }) {
  const text = useAttachedText();
  const me = useMe();
  const team = useTeam();
  const isLost = useConnection() === "lost";
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => window.location.assign(paths.signIn),
    onError: () => toast({ text: text("signOutFailed"), tone: "danger" }),
  });
  return (
    <>
      {isLost && <Banner tone="warning">{text("connectionLost")}</Banner>}
      <header className={styles.bar}>
        <Select
          label={text("team")}
          hidesLabel
          options={teams}
          selected={team.name}
          onSelect={(name) => name && navigate(paths.incidents(name))}
        />
        <span className={styles.grow} />
        <Link href={paths.channel(team.name, "town-square")}>{text("toMattermost")}</Link>
        <span>@{me.username}</span>
        <Button variant="quiet" isPending={leave.isPending} onPress={() => leave.mutate()}>
          {text("signOut")}
        </Button>
      </header>
    </>
  );
}

function NoTeam() {
  const text = useAttachedText();
  return (
    <StateScreen>
      <EmptyState isPage title={text("noTeams")} action={<Link href={paths.home}>{text("team")}</Link>}>
        {text("noTeamsWhy")}
      </EmptyState>
    </StateScreen>
  );
}

async function signOut(): Promise<void> {
  const answer = await fetch(`${chat.getUrl()}/oauth/mattermost/logout`, {
    method: "POST",
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  if (!answer.ok) throw new Error(answer.statusText);
}
