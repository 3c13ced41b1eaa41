import { useQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { chat, inOrder, keys, messageOf } from "@/api";
import { useMe } from "@/host";
import { EmptyState, ErrorState, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import { FoundPosts } from "./FoundPosts";

/** The posts that one saved for later. */
export default function SavedPanel() {
  const text = useWorkspaceText();
  const me = useMe();
  const { data, error, refetch } = useQuery({
    queryKey: keys.saved,
    queryFn: async () => inOrder(await chat.getFlaggedPosts(me.id)).reverse(),
  });
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
  if (data.length === 0) {
    return (
      <EmptyState title={text("noneSaved")} icon={<Bookmark size={24} />}>
        {text("noneSavedWhy")}
      </EmptyState>
    );
  }
  return <FoundPosts posts={data} label={text("savedPosts")} />;
}
