import { lazy, Suspense, useEffect } from "react";
import { dialogStore, openDialog } from "./open";

const ArchiveDialog = lazy(() => import("./ArchiveDialog"));
const BrowseDialog = lazy(() => import("./BrowseDialog"));
const CategoryDialog = lazy(() => import("./CategoryDialog"));
const ChannelDialog = lazy(() => import("./ChannelDialog"));
const CreateDialog = lazy(() => import("./CreateDialog"));
const InviteDialog = lazy(() => import("./InviteDialog"));
const LeaveTeamDialog = lazy(() => import("./LeaveTeamDialog"));
const MessageDialog = lazy(() => import("./MessageDialog"));
const MoveDialog = lazy(() => import("./MoveDialog"));
const PrivateDialog = lazy(() => import("./PrivateDialog"));
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));
const StatusDialog = lazy(() => import("./StatusDialog"));
const SwitchDialog = lazy(() => import("./SwitchDialog"));

/** The chat's dialogs, each fetched when it is first opened; and the keys that open them. */
export function Dialogs() {
  const open = dialogStore((state) => state.open);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const name = event.key === "k" ? "switch" : event.key === "/" ? "shortcuts" : null;
      if (name === null) return;
      event.preventDefault();
      openDialog(name);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      {open.name === "switch" && <SwitchDialog />}
      {open.name === "browse" && <BrowseDialog />}
      {open.name === "create" && <CreateDialog />}
      {open.name === "message" && <MessageDialog />}
      {open.name === "category" && <CategoryDialog params={open.params} />}
      {open.name === "channel" && <ChannelDialog params={open.params} />}
      {open.name === "archive" && <ArchiveDialog params={open.params} />}
      {open.name === "private" && <PrivateDialog params={open.params} />}
      {open.name === "move" && <MoveDialog params={open.params} />}
      {open.name === "invite" && <InviteDialog />}
      {open.name === "leaveTeam" && <LeaveTeamDialog />}
      {open.name === "status" && <StatusDialog />}
      {open.name === "shortcuts" && <ShortcutsDialog />}
    </Suspense>
  );
}
