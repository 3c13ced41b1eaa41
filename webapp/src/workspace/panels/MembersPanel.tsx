import type { UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery } from "@tanstack/react-query";
import { UserMinus, UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { channelMembersQuery, chat, messageOf, nameOf, pictureOf, setMember, usePresence } from "@/api";
import { type ChannelPlace, useChannel, useMe, useTeam } from "@/host";
import { Avatar, Badge, Button, ErrorState, IconButton, Spinner, TextField, toast, UserPicker } from "@/ui";
import { useRights } from "../channel/rights";
import { PersonCard } from "../people/PersonCard";
import { useWorkspaceText } from "../text";
import styles from "./MembersPanel.module.css";

/** Who is in the channel that is shown; people can be added and removed. */
export default function MembersPanel() {
  const text = useWorkspaceText();
  const channel = useChannel();
  return channel ? <Members channel={channel} /> : <Spinner label={text("loading")} />;
}

function Members({ channel }: { channel: ChannelPlace }) {
  const text = useWorkspaceText();
  const me = useMe();
  const rights = useRights(channel);
  const [term, setTerm] = useState("");
  const wanted = useDeferredValue(term).toLowerCase();
  const { data, error, refetch } = useQuery(channelMembersQuery(channel.id));
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
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
        {rights.manages && <AddPeople channelId={channel.id} />}
      </div>
      <ul>
        {shown.map((user) => (
          <li key={user.id} className={styles.row}>
            <Member user={user} />
            {rights.removesMembers && user.id !== me.id && (
              <RemoveButton channelId={channel.id} user={user} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Member({ user }: { user: UserProfile }) {
  const text = useWorkspaceText();
  const presence = usePresence(user.is_bot ? "" : user.id);
  return (
    <PersonCard user={user} className={styles.member}>
      <Avatar src={pictureOf(user)} size={32} status={presence} />
      <span className={styles.name}>{nameOf(user)}</span>
      <span className={styles.soft}>@{user.username}</span>
      {presence !== "offline" && <span className="hidden-text">{text(presence)}</span>}
      {user.is_bot && <Badge>{text("bot")}</Badge>}
    </PersonCard>
  );
}

function RemoveButton({ channelId, user }: { channelId: string; user: UserProfile }) {
  const text = useWorkspaceText();
  const name = nameOf(user);
  const told = (error: unknown) => toast({ text: messageOf(error) ?? text("notSaved"), tone: "danger" });
  const removing = useMutation({
    mutationFn: () => setMember(channelId, user.id, false),
    onSuccess: () =>
      toast({
        text: text("memberRemoved", { name }),
        onUndo: () => void setMember(channelId, user.id, true).catch(told),
      }),
    onError: told,
  });
  return (
    <IconButton
      size="s"
      label={text("removeMember", { name })}
      icon={<UserMinus size={16} />}
      isDisabled={removing.isPending}
      onPress={() => removing.mutate()}
    />
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
    mutationFn: (id: string) => setMember(channelId, id, true),
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
