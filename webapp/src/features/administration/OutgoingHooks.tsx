import type { OutgoingWebhook } from "@mattermost/types/integrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { channelsQuery, chat } from "@/api";
import { ComboBox, TextField } from "@/ui";
import { useAgain, useRemoval } from "./deeds";
import { outgoingQuery } from "./questions";
import { Making, Thing, Things } from "./Things";
import { useAdministrationText } from "./text";

/** Addresses that are told of posts in public channels of a team. */
export function OutgoingHooks({ team }: { team: string }) {
  const text = useAdministrationText();
  const { data: hooks } = useQuery(outgoingQuery(team));
  const again = useAgain("outgoing");
  const remove = useRemoval((id) => chat.removeOutgoingWebhook(id), again);
  return (
    <Things title={text("outgoing")} why={text("outgoingWhy")} form={<NewHook team={team} onMade={again} />}>
      {hooks?.map((hook) => (
        <Thing
          key={hook.id}
          code={hook.callback_urls.join(" ")}
          remove={{ label: text("delete"), onPress: () => remove.mutate(hook.id) }}
        >
          {hook.display_name || text("unnamed")}
          {hook.trigger_words.length > 0 && ` (${hook.trigger_words.join(", ")})`}
        </Thing>
      ))}
    </Things>
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
    <Making
      make={make}
      label={text("makeHook")}
      secret={{ label: text("madeToken"), value: make.data?.token ?? "" }}
    >
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
    </Making>
  );
}
