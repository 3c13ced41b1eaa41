import { useMutation, useQuery } from "@tanstack/react-query";
import { categoriesQuery, channelIn, messageOf, moveChannel } from "@/api";
import { useTeam } from "@/host";
import { Banner, Button, Dialog } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog, openDialog } from "./open";

/** To which category of the sidebar a channel goes: where there is no pointer that drags. */
export default function MoveDialog({ params }: { params: Readonly<Record<string, string>> }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const id = params.id ?? "";
  const type = channelIn(team.id, id)?.type;
  const isTalk = type === "D" || type === "G";
  const here = isTalk ? "directMessages" : "channels";
  const { data } = useQuery(categoriesQuery(team.id));
  const moving = useMutation({
    mutationFn: (categoryId: string) => moveChannel(team.id, id, { categoryId, beforeId: "" }),
    onSuccess: closeDialog,
  });
  return (
    <Dialog title={text("moveChannelTo", { name: params.name ?? "" })} isOpen onClose={closeDialog} size="s">
      {moving.error && <Banner tone="danger">{messageOf(moving.error) ?? text("notSaved")}</Banner>}
      <div className={styles.choices}>
        {data?.categories
          .filter((one) => one.type !== (isTalk ? "channels" : "direct_messages"))
          .map((one) => (
            <Button
              key={one.id}
              isDisabled={one.channel_ids.includes(id)}
              onPress={() => moving.mutate(one.id)}
            >
              {one.type === "custom"
                ? one.display_name
                : text(one.type === "favorites" ? "favourites" : here)}
            </Button>
          ))}
        <Button variant="quiet" onPress={() => openDialog("category", { channelId: id })}>
          {text("newCategory")}
        </Button>
      </div>
    </Dialog>
  );
}
