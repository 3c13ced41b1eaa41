import type { UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { cache, channelMembersQuery, chat, keys, messageOf, nameOf, pictureOf, usePresence } from "@/api";
import { useChannel, useTeam } from "@/host";
import { Avatar, Badge, Button, ErrorState, Spinner, TextField, toast, UserPicker } from "@/ui";
import { PersonCard } from "../people/PersonCard";
import { useWorkspaceText } from "../text";
import styles from "./MembersPanel.module.css";

/** Who is in the channel that is shown; more can be added. */
export default function MembersPanel() {
  const text = useWorkspaceText();
  const channel = useChannel();
  const [term, setTerm] = useState("");
  const wanted = useDeferredValue(term).toLowerCase();
  const { data, error, refetch } = useQuery({
    ...channelMembersQuery(channel?.id ?? ""),
    enabled: channel !== null,
  });
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data || !channel) return <Spinner label={text("loading")} />;
  const shown = data.filter((user) => `${user.username} ${nameOf(user)}`.toLowerCase().includes(wanted));
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <TextField
          label={text("searchPeople")}
          hidesLabel
          placeholder={text("searchPeople")}
          value={term}
          onChange={setTerm}
        />
        <AddPeople channelId={channel.id} />
      </div>
      <ul>
        {shown.map((user) => (
          <Member key={user.id} user={user} />
        ))}
      </ul>
    </div>
  );
}

function Member({ user }: { user: UserProfile }) {
  const text = useWorkspaceText();
  const presence = usePresence(user.is_bot ? "" : user.id);
  return (
    <li>
      <PersonCard user={user} className={styles.member}>
        <Avatar src={pictureOf(user)} size={32} status={presence} />
        <span className={styles.name}>{nameOf(user)}</span>
        <span className={styles.soft}>@{user.username}</span>
        {user.is_bot && <Badge>{text("bot")}</Badge>}
      </PersonCard>
    </li>
  );
}

const MOST_OFFERED = 50;

function AddPeople({ channelId }: { channelId: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const [term, setTerm] = useState("");
  const { data: found, isPending } = useQuery({
    queryKey: ["people not in", channelId, term],
    queryFn: () =>
      term === ""
        ? chat.getProfilesNotInChannel(team.id, channelId, false, 0, MOST_OFFERED)
        : chat.searchUsers(term, { team_id: team.id, not_in_channel_id: channelId, limit: MOST_OFFERED }),
    staleTime: 0,
  });
  const adding = useMutation({
    mutationFn: (id: string) => chat.addToChannel(id, channelId),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.channel(channelId) }),
    onError: (error) => toast({ text: messageOf(error) ?? text("notSaved"), tone: "danger" }),
  });
  return (
    <UserPicker
      label={text("addPeople")}
      trigger={<Button icon={<UserPlus size={15} />}>{text("addPeople")}</Button>}
      users={(found ?? []).map((user) => ({
        id: user.id,
        picture: pictureOf(user),
        text: `@${user.username} ${nameOf(user)}`,
      }))}
      selected={null}
      isLoading={isPending}
      onSearch={setTerm}
      onPick={(id) => adding.mutate(id)}
    />
  );
}
