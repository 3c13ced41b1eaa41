import { type DialogRequest, dialogStore, replaceDialog } from "@/api";
import { DialogWindow } from "./DialogWindow";

/** The dialogs that were asked for, each above the one before. */
export default function OpenDialogs() {
  const open = dialogStore((dialogs) => dialogs.open);
  return open.map((request) => (
    <DialogWindow
      key={keyOf(request)}
      request={request}
      onReplace={(next: DialogRequest | null) => replaceDialog(request, next)}
    />
  ));
}

const keyOf = (request: DialogRequest) =>
  `${request.triggerId} ${request.dialog.title} ${request.dialog.state}`;
