import type { OutgoingWebhook } from "@mattermost/types/integrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { channelsQuery, chat } from "@/api";
import { Banner, Button, ComboBox, TextField } from "@/ui";
import styles from "./Administration.module.css";
import { Failure, useAgain, useRemoval } from "./deeds";
import { outgoingQuery } from "./questions";
import { useAdministrationText } from "./text";

/** Addresses that are told of posts in public channels of a team. */
export function OutgoingHooks({ team }: { team: string }) {
  const text = useAdministrationText();
  const { data: hooks } = useQuery(outgoingQuery(team));
  const again = useAgain("outgoing");
  const remove = useRemoval((id) => chat.removeOutgoingWebhook(id), again);
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>{text("outgoing")}</h2>
      <p className={styles.quiet}>{text("outgoingWhy")}</p>
      <ul>
        {hooks?.map((hook) => (
          <li key={hook.id} className={styles.session}>
            <span className={styles.grow}>
              {hook.display_name || text("unnamed")}
              {hook.trigger_words.length > 0 && ` (${hook.trigger_words.join(", ")})`}
              <br />
              <span className={styles.code}>{hook.callback_urls.join(" ")}</span>
            </span>
            <Button size="s" variant="danger" onPress={() => remove.mutate(hook.id)}>
              {text("delete")}
            </Button>
          </li>
        ))}
      </ul>
      <NewHook team={team} onMade={again} />
    </section>
  );
}

function NewHook({ team, onMade }: { team: string; onMade: () => Promise<void> }) {
  const text = useAdministrationText();
  const { data: channels } = useQuery(channelsQuery(team));
  const [name, setName] = useState("");
  const [words, setWords] = useState("");
  const [url, setUrl] = useState("");
  const [channel, setChannel] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: () =>
      // The client's type wants a whole webhook; the server fills in what is not given.
      chat.createOutgoingWebhook({
        team_id: team,
        channel_id: channel ?? "",
        display_name: name,
        trigger_words: words.split(",").flatMap((word) => word.trim() || []),
        callback_urls: [url],
      } as unknown as OutgoingWebhook),
    onSuccess: async () => {
      setName("");
      setWords("");
      setUrl("");
      await onMade();
    },
  });
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Failure of={make.error} />
      {make.data && (
        <Banner tone="success">
          {text("outgoingToken")} <span className={styles.code}>{make.data.token}</span>
        </Banner>
      )}
      <TextField label={text("name")} isRequired value={name} onChange={setName} />
      <ComboBox
        label={text("channelIfOne")}
        options={[...(channels?.values() ?? [])]
          .filter((one) => one.type === "O")
          .map((one) => ({ id: one.id, text: one.display_name }))}
        selected={channel}
        onSelect={setChannel}
      />
      <TextField label={text("triggerWords")} value={words} onChange={setWords} />
      <TextField label={text("url")} type="url" isRequired value={url} onChange={setUrl} />
      <Button type="submit" isPending={make.isPending}>
        {text("makeHook")}
      </Button>
    </form>
  );
}
