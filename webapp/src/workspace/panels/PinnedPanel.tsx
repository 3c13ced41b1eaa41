import { useQuery } from "@tanstack/react-query";
import { Pin } from "lucide-react";
import { messageOf, pinnedQuery } from "@/api";
import { useChannel } from "@/host";
import { EmptyState, ErrorState, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import { FoundPosts } from "./FoundPosts";

/** What is pinned in the channel that is shown. */
export default function PinnedPanel() {
  const text = useWorkspaceText();
  const channel = useChannel();
  const { data, error, refetch } = useQuery({ ...pinnedQuery(channel?.id ?? ""), enabled: channel !== null });
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
  if (data.length === 0) {
    return (
      <EmptyState title={text("nonePinned")} icon={<Pin size={24} />}>
        {text("nonePinnedWhy")}
      </EmptyState>
    );
  }
  return <FoundPosts posts={data} label={text("pinnedPosts")} />;
}
