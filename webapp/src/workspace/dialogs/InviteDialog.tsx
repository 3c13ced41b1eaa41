import { useMutation, useQuery } from "@tanstack/react-query";
import { Copy, UserPlus } from "lucide-react";
import { useState } from "react";
import { chat, messageOf, nameOf, pictureOf, teamsQuery } from "@/api";
import { useTeam } from "@/host";
import { Banner, Button, Dialog, TextField, toast, UserPicker } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

const MOST_OFFERED = 50;

/** How others come into the team: by a link for who has no account yet, or added at once. */
export default function InviteDialog() {
  const text = useWorkspaceText();
  const place = useTeam();
  const { data: teams } = useQuery(teamsQuery);
  const invitation = teams?.find((team) => team.id === place.id)?.invite_id ?? "";
  return (
    <Dialog title={text("inviteTo", { team: place.displayName })} isOpen onClose={closeDialog}>
      <div className={styles.form}>
        {invitation !== "" && (
          <InvitationLink link={`${window.location.origin}/signup_user_complete?id=${invitation}`} />
        )}
        <AddToTeam teamId={place.id} />
      </div>
    </Dialog>
  );
}

function InvitationLink({ link }: { link: string }) {
  const text = useWorkspaceText();
  const copy = () => void navigator.clipboard.writeText(link).then(() => toast({ text: text("linkCopied") }));
  return (
    <div className={styles.beside}>
      <TextField label={text("inviteLink")} help={text("inviteLinkHelp")} value={link} isReadOnly />
      <Button icon={<Copy size={15} />} onPress={copy}>
        {text("copyLink")}
      </Button>
    </div>
  );
}

function AddToTeam({ teamId }: { teamId: string }) {
  const text = useWorkspaceText();
  const [term, setTerm] = useState("");
  const { data: found, isPending } = useQuery({
    queryKey: ["people not in team", teamId, term],
    queryFn: () =>
      term === ""
        ? chat.getProfilesNotInTeam(teamId, false, 0, MOST_OFFERED)
        : chat.searchUsers(term, { not_in_team_id: teamId, limit: MOST_OFFERED }),
    staleTime: 0,
  });
  const adding = useMutation({
    mutationFn: (id: string) => chat.addToTeam(teamId, id),
    onSuccess: (_member, id) => {
      const user = found?.find((one) => one.id === id);
      toast({ text: text("addedToTeam", { name: user ? nameOf(user) : text("someone") }) });
    },
  });
  return (
    <>
      {adding.error && <Banner tone="danger">{messageOf(adding.error) ?? text("notSaved")}</Banner>}
      <p>{text("addToTeamWhy")}</p>
      <UserPicker
        label={text("addPeople")}
        trigger={
          <Button icon={<UserPlus size={15} />} isPending={adding.isPending}>
            {text("addPeople")}
          </Button>
        }
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
    </>
  );
}
