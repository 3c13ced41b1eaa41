import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { channelsQuery, loadAround, messageOf, postQuery, statusOf, useUser } from "@/api";
import { navigate, type PageProps, useTeam } from "@/host";
import { ErrorState, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import { NotHere } from "./NotHere";
import { useChannelPath, useOtherId } from "./shown";

/** /:team/pl/:post leads to the post in its channel. */
export default function PermalinkPage({ params }: PageProps) {
  const text = useWorkspaceText();
  const team = useTeam();
  const { data: post, error, refetch } = useQuery(postQuery(params.post ?? ""));
  const { data: channels } = useQuery(channelsQuery(team.id));
  const channel = post && channels?.get(post.channel_id);
  const other = useUser(useOtherId(channel));
  const pathOf = useChannelPath();
  const isDirect = channel?.type === "D";
  const path = channel && (!isDirect || other) ? pathOf(channel, other?.username ?? "") : undefined;

  const { mutate: show, error: notShown } = useMutation({
    mutationFn: async (address: string) => {
      if (!post) return;
      await loadAround(post);
      navigate(`${address}?post=${post.id}`, { replace: true });
    },
  });
  const isFound = post !== undefined;
  useEffect(() => {
    if (isFound && path !== undefined) show(path);
  }, [isFound, path, show]);

  const status = statusOf(error);
  if (status >= 400 && status < 500)
    return <NotHere title={text("postMissing")}>{text("postMissingWhy")}</NotHere>;
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (notShown && path !== undefined)
    return <ErrorState message={messageOf(notShown)} onRetry={() => show(path)} />;
  if (post && channels && !channel) {
    return <NotHere title={text("postElsewhere")}>{text("postElsewhereWhy")}</NotHere>;
  }
  return <Spinner label={text("loading")} />;
}
