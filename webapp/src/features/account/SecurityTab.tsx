import type { Session } from "@mattermost/types/sessions";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cache, chat, keys, meQuery, messageOf } from "@/api";
import { navigate, paths, useMe } from "@/host";
import {
  Banner,
  Button,
  browserName,
  ErrorState,
  Spinner,
  settings,
  TextField,
  toast,
  useTimeText,
} from "@/ui";
import { configQuery } from "./entering";
import { TwoFactorSetup } from "./TwoFactor";
import { useAccountText } from "./text";

const SESSIONS = ["me", "sessions"] as const;

export function SecurityTab() {
  return (
    <>
      <Password />
      <SecondFactor />
      <Sessions />
    </>
  );
}

function Password() {
  const text = useAccountText();
  const me = useMe();
  const [before, setBefore] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => chat.updateUserPassword(me.id, before, next),
    onSuccess: () => {
      setBefore("");
      setNext("");
      toast({ text: text("passwordChanged") });
    },
  });
  return (
    <form
      className={settings.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <h2 className={settings.heading}>{text("changePassword")}</h2>
      {change.error && <Banner tone="danger">{messageOf(change.error) ?? text("signInFailed")}</Banner>}
      <TextField
        label={text("passwordNow")}
        type="password"
        autoComplete="current-password"
        isRequired
        value={before}
        onChange={setBefore}
      />
      <TextField
        label={text("passwordNew")}
        type="password"
        autoComplete="new-password"
        isRequired
        value={next}
        onChange={setNext}
      />
      <div className={settings.row}>
        <Button type="submit" variant="primary" isPending={change.isPending}>
          {text("changePassword")}
        </Button>
      </div>
    </form>
  );
}

function SecondFactor() {
  const text = useAccountText();
  const { data: me } = useQuery(meQuery);
  const { data: config } = useQuery(configQuery);
  const again = () => void cache.invalidateQueries({ queryKey: keys.me, exact: true });
  const switchOff = useMutation({
    mutationFn: (id: string) => chat.updateUserMfa(id, false, ""),
    onSuccess: again,
    onError: (error) => toast({ text: messageOf(error) ?? text("signInFailed"), tone: "danger" }),
  });
  if (!me || config?.EnableMultifactorAuthentication !== "true") return null;
  return (
    <section className={settings.form}>
      <h2 className={settings.heading}>{text("twoFactor")}</h2>
      <p className={settings.quiet}>{text(me.mfa_active ? "twoFactorIsOn" : "twoFactorWhy")}</p>
      {me.mfa_active ? (
        <div className={settings.row}>
          <Button variant="danger" isPending={switchOff.isPending} onPress={() => switchOff.mutate(me.id)}>
            {text("twoFactorOff")}
          </Button>
        </div>
      ) : (
        <TwoFactorSetup userId={me.id} onActive={again} />
      )}
    </section>
  );
}

function Sessions() {
  const text = useAccountText();
  const me = useMe();
  const sessions = useQuery({ queryKey: SESSIONS, queryFn: () => chat.getSessions(me.id) });
  const endAll = useMutation({
    mutationFn: () => chat.revokeAllSessionsForUser(me.id),
    onSuccess: () => {
      cache.clear();
      navigate(paths.signIn, { replace: true });
    },
  });
  if (sessions.error)
    return <ErrorState message={messageOf(sessions.error)} onRetry={() => void sessions.refetch()} />;
  return (
    <section className={settings.form}>
      <h2 className={settings.heading}>{text("sessions")}</h2>
      <p className={settings.quiet}>{text("sessionsWhy")}</p>
      {sessions.data ? (
        <ul>
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      ) : (
        <Spinner />
      )}
      <div className={settings.row}>
        <Button variant="danger" isPending={endAll.isPending} onPress={() => endAll.mutate()}>
          {text("endAllSessions")}
        </Button>
      </div>
    </section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const text = useAccountText();
  const timeText = useTimeText();
  const me = useMe();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => chat.revokeSession(me.id, session.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
  const agent = session.props.browser || session.props.os || text("unknownBrowser");
  const browser = browserName(agent);
  return (
    <li className={settings.session}>
      <span className={settings.grow}>
        <span title={agent}>{browser}</span>
        <br />
        <span className={settings.quiet}>
          {text("lastActive", { time: timeText.moment(session.last_activity_at || session.create_at) })}
        </span>
      </span>
      <Button
        size="s"
        isPending={end.isPending}
        onPress={() => end.mutate()}
        aria-label={text("endSession", { browser })}
      >
        {text("end")}
      </Button>
    </li>
  );
}
