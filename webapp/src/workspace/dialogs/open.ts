import { create } from "zustand";

export type DialogName =
  | "switch"
  | "browse"
  | "create"
  | "message"
  | "category"
  | "shortcuts"
  | "channel"
  | "archive"
  | "private"
  | "move"
  | "invite"
  | "leaveTeam"
  | "status";

interface OpenDialog {
  name: DialogName;
  params: Readonly<Record<string, string>>;
}

export const dialogStore = create<{ open: OpenDialog | null }>(() => ({ open: null }));

export function openDialog(name: DialogName, params: Readonly<Record<string, string>> = {}): void {
  dialogStore.setState({ open: { name, params } });
}

export function closeDialog(): void {
  dialogStore.setState({ open: null });
}
