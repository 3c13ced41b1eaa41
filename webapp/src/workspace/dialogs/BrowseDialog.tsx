import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Hash } from "lucide-react";
import { useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import { channelsQuery, chat, joinChannel, messageOf } from "@/api";
import { navigate, paths, useMe, useTeam } from "@/host";
import { Badge, Button, Dialog, ErrorState, toast } from "@/ui";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog, openDialog } from "./open";

const MOST = 200;

/** The team's public channels, to join or to go to. */
export default function BrowseDialog() {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const [term, setTerm] = useState("");
  const { data: mine } = useQuery(channelsQuery(team.id));
  const found = useQuery({
    queryKey: ["browse", team.id, term],
    queryFn: () => (term === "" ? chat.getChannels(team.id, 0, MOST) : chat.searchChannels(team.id, term)),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const go = async (id: string) => {
    const channel = found.data?.find((one) => one.id === id);
    if (!channel) return;
    try {
      if (!mine?.has(id)) await joinChannel(team.id, id, me.id);
      closeDialog();
      closeSidebar();
      navigate(paths.channel(team.name, channel.name));
    } catch (error) {
      toast({ text: messageOf(error) ?? text("notSaved"), tone: "danger" });
    }
  };
  return (
    <Dialog
      title={text("browseChannels")}
      isOpen
      onClose={closeDialog}
      footer={<Button onPress={() => openDialog("create")}>{text("createChannel")}</Button>}
    >
      {found.error ? (
        <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />
      ) : (
        <Autocomplete inputValue={term} onInputChange={setTerm}>
          <SearchField aria-label={text("searchChannels")} autoFocus>
            <Input className={styles.input} placeholder={text("searchChannels")} />
          </SearchField>
          <ListBox
            aria-label={text("browseChannels")}
            className={styles.list}
            items={found.data ?? []}
            onAction={(id) => void go(String(id))}
            renderEmptyState={() => (
              <p className={styles.none}>{text(found.isPending ? "loading" : "nothingFound")}</p>
            )}
          >
            {(channel) => (
              <ListBoxItem id={channel.id} textValue={channel.display_name} className={styles.row}>
                <Hash size={16} aria-hidden="true" />
                <span className={styles.name}>{channel.display_name}</span>
                <span className={styles.hint}>{channel.purpose}</span>
                {mine?.has(channel.id) && <Badge>{text("joined")}</Badge>}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      )}
    </Dialog>
  );
}
