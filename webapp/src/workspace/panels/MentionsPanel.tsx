import { useQuery } from "@tanstack/react-query";
import { AtSign } from "lucide-react";
import { meQuery } from "@/api";
import { EmptyState, Spinner } from "@/ui";
import { Found } from "../search/Found";
import { useWorkspaceText } from "../text";

/** The posts that name one, or have a word of which one wants to be told. */
export default function MentionsPanel() {
  const text = useWorkspaceText();
  const { data: me } = useQuery(meQuery);
  if (!me) return <Spinner label={text("loading")} />;
  const own = (me.notify_props.mention_keys ?? "").split(",").map((word) => word.trim());
  const words = [...new Set([`@${me.username}`, ...own])].filter((word) => word !== "");
  return (
    <Found
      terms={words.join(" ")}
      anyOf={words}
      none={
        <EmptyState title={text("noneMentioned")} icon={<AtSign size={24} />}>
          {text("noneMentionedWhy")}
        </EmptyState>
      }
    />
  );
}
