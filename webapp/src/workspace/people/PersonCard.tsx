import type { UserProfile } from "@mattermost/types/users";
import { MessageSquare } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { nameOf, pictureOf, usePresence } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { Avatar, Badge, Button, DialogTrigger, PopoverPanel } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./PersonCard.module.css";

interface PersonCardProps {
  user: UserProfile;
  className?: string;
  children: React.ReactNode;
}

/** A person's name that opens a card: who it is, whether there, and the way to a direct message. */
export function PersonCard({ user, className, children }: PersonCardProps) {
  return (
    <DialogTrigger>
      <AriaButton className={className}>{children}</AriaButton>
      <PopoverPanel label={nameOf(user)} width="m" placement="bottom start">
        {({ close }) => <Card user={user} onLeave={close} />}
      </PopoverPanel>
    </DialogTrigger>
  );
}

function Card({ user, onLeave }: { user: UserProfile; onLeave: () => void }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const presence = usePresence(user.is_bot ? "" : user.id);
  return (
    <div className={styles.card}>
      <Avatar src={pictureOf(user)} size={48} status={presence} />
      <div className={styles.who}>
        <strong className={styles.name}>{nameOf(user)}</strong>
        <span className={styles.soft}>@{user.username}</span>
        {user.position && <span className={styles.soft}>{user.position}</span>}
        <span className={styles.soft}>{user.is_bot ? <Badge>{text("bot")}</Badge> : text(presence)}</span>
      </div>
      {!user.is_bot && (
        <div className={styles.deeds}>
          <Button
            size="s"
            icon={<MessageSquare size={14} />}
            onPress={() => {
              onLeave();
              navigate(paths.message(team.name, user.username));
            }}
          >
            {text("sendMessage")}
          </Button>
        </div>
      )}
    </div>
  );
}
