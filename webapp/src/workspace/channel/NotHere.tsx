import { Button, EmptyState } from "@/ui";
import { openDialog } from "../dialogs/open";
import { useWorkspaceText } from "../text";

/** What was asked for is not to be seen; on from here lead the channels that are. */
export function NotHere({ title, children }: { title: string; children: React.ReactNode }) {
  const text = useWorkspaceText();
  return (
    <EmptyState
      isPage
      title={title}
      action={<Button onPress={() => openDialog("browse")}>{text("browseChannels")}</Button>}
    >
      {children}
    </EmptyState>
  );
}
