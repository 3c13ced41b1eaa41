import type { Session } from "@mattermost/types/sessions";
import type { UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery } from "@tanstack/react-query";
import { chat, messageOf } from "@/api";
import { Button, browserName, Dialog, ErrorState, Spinner, settings, toast, useTimeText } from "@/ui";
import { sessionsQuery } from "./questions";
import { useAdministrationText } from "./text";

/** Where somebody is signed in; each session can be ended by itself. */
export function SessionsDialog({ user, onClose }: { user: UserProfile; onClose: () => void }) {
  const text = useAdministrationText();
  const { data: sessions, error, refetch } = useQuery(sessionsQuery(user.id));
  const again = () => void refetch();
  const onError = (refusal: Error) => toast({ text: messageOf(refusal) ?? text("failed"), tone: "danger" });
  const end = useMutation({
    mutationFn: (id: string) => chat.revokeSession(user.id, id),
    onSuccess: again,
    onError,
  });
  const endAll = useMutation({
    mutationFn: () => chat.revokeAllSessionsForUser(user.id),
    onSuccess: again,
    onError,
  });
  return (
    <Dialog
      title={text("sessionsOf", { name: user.username })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          variant="danger"
          isDisabled={!sessions?.length}
          isPending={endAll.isPending}
          onPress={() => endAll.mutate()}
        >
          {text("endSessions")}
        </Button>
      }
    >
      {error && <ErrorState message={messageOf(error)} onRetry={again} />}
      {!sessions && !error && <Spinner />}
      {sessions?.length === 0 && <p className={settings.quiet}>{text("noSessions")}</p>}
      <ul>
        {sessions?.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
    </Dialog>
  );
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const text = useAdministrationText();
  const timeText = useTimeText();
  const agent = session.props.browser || session.props.os || text("unknownBrowser");
  const name = browserName(agent);
  return (
    <li className={settings.session}>
      <span className={settings.grow}>
        <span title={agent}>{name}</span>
        <br />
        <span className={settings.quiet}>
          {text("lastActive", { time: timeText.moment(session.last_activity_at || session.create_at) })}
        </span>
      </span>
      <Button size="s" aria-label={text("endSession", { browser: name })} onPress={onEnd}>
        {text("end")}
      </Button>
    </li>
  );
}
