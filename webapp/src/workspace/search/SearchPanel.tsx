import { Search } from "lucide-react";
import { useState } from "react";
import { openPanel } from "@/host";
import { Button, EmptyState, TextField } from "@/ui";
import { useWorkspaceText } from "../text";
import { Found } from "./Found";
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
