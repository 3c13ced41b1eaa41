import type { UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { chat, messageOf, nameOf, pictureOf } from "@/api";
import { useMe, useSearchParam } from "@/host";
import {
  Avatar,
  Badge,
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  MenuItem,
  Spinner,
  settings,
  TextField,
  toast,
} from "@/ui";
import { adminKey, USERS_PER_PAGE, usersQuery } from "./questions";
import { SessionsDialog } from "./SessionsDialog";
import { useAdministrationText } from "./text";

export function UsersTab() {
  const text = useAdministrationText();
  const [term, setTerm] = useSearchParam("search");
  const [page, setPage] = useState(0);
  const { data: users, error, refetch } = useQuery(usersQuery(term, page));
  return (
    <div className={settings.form}>
      <TextField
        label={text("searchUsers")}
        type="search"
        value={term}
        onChange={(next) => {
          setPage(0);
          setTerm(next);
        }}
      />
      {error && <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />}
      {!users && !error && <Spinner />}
      {users?.length === 0 && <EmptyState title={text("noUsers")}>{text("noUsersWhy")}</EmptyState>}
      {users && users.length > 0 && (
        <ul>
          {users.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </ul>
      )}
      {term === "" && (
        <div className={settings.row}>
          <Button size="s" isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            {text("previous")}
          </Button>
          <Button
            size="s"
            isDisabled={(users?.length ?? 0) < USERS_PER_PAGE}
            onPress={() => setPage(page + 1)}
          >
            {text("next")}
          </Button>
        </div>
      )}
    </div>
  );
}

function UserRow({ user }: { user: UserProfile }) {
  const text = useAdministrationText();
  const me = useMe();
  const queries = useQueryClient();
  const [isResetting, setIsResetting] = useState(false);
  const [seesSessions, setSeesSessions] = useState(false);
  const deed = useMutation({
    mutationFn: (doIt: () => Promise<unknown>) => doIt(),
    onSuccess: () => queries.invalidateQueries({ queryKey: adminKey("users") }),
    onError: (error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" }),
  });
  const isAdmin = user.roles.split(" ").includes("system_admin");
  const isActive = user.delete_at === 0;
  const isSelf = user.id === me.id;
  const roles = isAdmin ? "system_user" : "system_user system_admin";
  return (
    <li className={settings.session}>
      <Avatar src={pictureOf(user)} size={32} />
      <span className={settings.grow}>
        {nameOf(user)} {isAdmin && <Badge>{text("admin")}</Badge>}{" "}
        {user.is_bot && <Badge>{text("bot")}</Badge>} {!isActive && <Badge>{text("deactivated")}</Badge>}
        <br />
        <span className={settings.quiet}>
          @{user.username} {user.email}
        </span>
      </span>
      {!user.is_bot && (
        <Menu
          label={text("actionsOf", { name: user.username })}
          trigger={
            <IconButton
              label={text("actionsOf", { name: user.username })}
              icon={<MoreHorizontal size={18} />}
            />
          }
        >
          <MenuItem onAction={() => setIsResetting(true)}>{text("resetPassword")}</MenuItem>
          <MenuItem onAction={() => setSeesSessions(true)}>{text("sessions")}</MenuItem>
          {user.mfa_active && (
            <MenuItem onAction={() => deed.mutate(() => chat.updateUserMfa(user.id, false, ""))}>
              {text("switchTwoFactorOff")}
            </MenuItem>
          )}
          <MenuItem
            isDisabled={isSelf}
            onAction={() => deed.mutate(() => chat.updateUserRoles(user.id, roles))}
          >
            {isAdmin ? text("takeAdmin") : text("makeAdmin")}
          </MenuItem>
          <MenuItem
            isDisabled={isSelf}
            onAction={() => deed.mutate(() => chat.updateUserActive(user.id, !isActive))}
          >
            {isActive ? text("deactivate") : text("activate")}
          </MenuItem>
        </Menu>
      )}
      {isResetting && <ResetPassword user={user} onClose={() => setIsResetting(false)} />}
      {seesSessions && <SessionsDialog user={user} onClose={() => setSeesSessions(false)} />}
    </li>
  );
}

function ResetPassword({ user, onClose }: { user: UserProfile; onClose: () => void }) {
  const text = useAdministrationText();
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () => chat.updateUserPassword(user.id, "", password),
    onSuccess: () => {
      toast({ text: text("passwordSet", { name: user.username }) });
      onClose();
    },
  });
  return (
    <Dialog
      title={text("resetPasswordOf", { name: user.username })}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <Button variant="primary" isPending={reset.isPending} onPress={() => reset.mutate()}>
          {text("resetPassword")}
        </Button>
      }
    >
      <TextField
        label={text("newPassword")}
        type="password"
        autoComplete="new-password"
        autoFocus
        isRequired
        error={reset.error ? (messageOf(reset.error) ?? text("failed")) : undefined}
        value={password}
        onChange={setPassword}
      />
    </Dialog>
  );
}
