import { useQuery } from "@tanstack/react-query";
import { chat, inOrder, messageOf } from "@/api";
import { useTeam } from "@/host";
import { EmptyState, ErrorState, Spinner, useTimeZone, zoneOffset } from "@/ui";
import { FoundPosts } from "../panels/FoundPosts";
import { useWorkspaceText } from "../text";
import styles from "./SearchPanel.module.css";

interface FoundProps {
  terms: string;
  /** One of the words is enough, as it stands: the search itself sees no difference between @ana and Ana. */
  anyOf?: readonly string[];
  /** Shown where nothing was found. */
  none?: React.ReactNode;
}

const MOST = 60;

/** The posts of one's channels that have these words, the newest first. */
export function Found({ terms, anyOf, none }: FoundProps) {
  const text = useWorkspaceText();
  const team = useTeam();
  const timeZone = useTimeZone();
  const { data, error, refetch } = useQuery({
    queryKey: ["search", team.id, terms, anyOf, timeZone],
    queryFn: async () => {
      const time_zone_offset = zoneOffset(Date.now(), timeZone) / 1_000;
      const is_or_search = anyOf !== undefined;
      const found = inOrder(
        await chat.searchPostsWithParams(team.id, { terms, is_or_search, time_zone_offset, per_page: MOST }),
      ).reverse();
      return anyOf ? found.filter((post) => hasOneOf(post.message, anyOf)) : found;
    },
    staleTime: 0,
  });
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
  if (data.length === 0)
    return none ?? <EmptyState title={text("nothingFound")}>{text("searchNothing", { terms })}</EmptyState>;
  return (
    <>
      <p className={styles.count} role="status">
        {text("searchFound", { count: data.length })}
      </p>
      <FoundPosts posts={data} label={text("searchResults")} />
    </>
  );
}

function hasOneOf(message: string, words: readonly string[]): boolean {
  const lower = message.toLowerCase();
  return words.some((word) => lower.includes(word.toLowerCase()));
}
