import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useState } from "react";
import { chat, inOrder, messageOf } from "@/api";
import { openPanel, useTeam } from "@/host";
import { Button, EmptyState, ErrorState, Spinner, TextField, useTimeZone, zoneOffset } from "@/ui";
import { FoundPosts } from "../panels/FoundPosts";
import { useWorkspaceText } from "../text";
import styles from "./SearchPanel.module.css";

interface SearchProps {
  params: Readonly<Record<string, string>>;
}

const FILTERS = ["from:", "in:", "before:", "after:", "on:", "-", '""'] as const;

/** Search over the posts of the channels one is in, with filters. */
export default function SearchPanel({ params }: SearchProps) {
  const text = useWorkspaceText();
  const asked = params.terms ?? "";
  const [terms, setTerms] = useState(asked);
  return (
    <div className={styles.panel}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          openPanel("search", { terms: terms.trim() });
        }}
      >
        <TextField
          label={text("searchPosts")}
          hidesLabel
          placeholder={text("searchPosts")}
          value={terms}
          onChange={setTerms}
          autoFocus
        />
        <Button type="submit" variant="primary">
          {text("search")}
        </Button>
      </form>
      <fieldset className={styles.filters}>
        <legend className="hidden-text">{text("searchFilters")}</legend>
        {FILTERS.map((filter) => (
          <Button
            key={filter}
            size="s"
            onPress={() => setTerms((before) => `${before.trim()} ${filter}`.trimStart())}
          >
            {filter}
          </Button>
        ))}
      </fieldset>
      {asked === "" ? (
        <EmptyState title={text("searchPosts")} icon={<Search size={24} />}>
          {text("searchHelp")}
        </EmptyState>
      ) : (
        <Found terms={asked} />
      )}
    </div>
  );
}

function Found({ terms }: { terms: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const timeZone = useTimeZone();
  const { data, error, refetch } = useQuery({
    queryKey: ["search", team.id, terms, timeZone],
    queryFn: async () => {
      const time_zone_offset = zoneOffset(Date.now(), timeZone) / 1_000;
      return inOrder(
        await chat.searchPostsWithParams(team.id, { terms, is_or_search: false, time_zone_offset }),
      ).reverse();
    },
    staleTime: 0,
  });
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
  if (data.length === 0)
    return <EmptyState title={text("nothingFound")}>{text("searchNothing", { terms })}</EmptyState>;
  return (
    <>
      <p className={styles.count} role="status">
        {text("searchFound", { count: data.length })}
      </p>
      <FoundPosts posts={data} label={text("searchResults")} />
    </>
  );
}
