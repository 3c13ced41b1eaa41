import type { UserNotifyProps, UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cache, chat, keys, meQuery, messageOf } from "@/api";
import { Banner, Button, Checkbox, Select, Spinner, settings, TextField, toast } from "@/ui";
import { DigestChoice } from "./DigestChoice";
import { useAccountText } from "./text";

export function NotificationsTab() {
  const { data: me } = useQuery(meQuery);
  return me ? <NotificationsForm key={me.id} me={me} /> : <Spinner />;
}

const DESKTOP = ["all", "mention", "none"] as const;

function NotificationsForm({ me }: { me: UserProfile }) {
  const text = useAccountText();
  const [wanted, setWanted] = useState<UserNotifyProps>(me.notify_props);
  const change = (part: Partial<UserNotifyProps>) => setWanted((before) => ({ ...before, ...part }));
  const [mayNotify, setMayNotify] = useState(() => "Notification" in window && Notification.permission);
  const save = useMutation({
    mutationFn: () => chat.patchMe({ notify_props: wanted }),
    onSuccess: (saved) => {
      cache.setQueryData(keys.me, saved);
      toast({ text: text("saved") });
    },
  });
  return (
    <form
      className={settings.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.error && <Banner tone="danger">{messageOf(save.error) ?? text("signInFailed")}</Banner>}
      <Select
        label={text("desktop")}
        options={DESKTOP.map((id) => ({ id, text: text(`desktop_${id}`) }))}
        selected={wanted.desktop ?? "mention"}
        onSelect={(id) => change({ desktop: DESKTOP.find((one) => one === id) ?? "mention" })}
      />
      {mayNotify === "default" && (
        <div className={settings.row}>
          <span>{text("browserAsks")}</span>
          <Button onPress={() => void Notification.requestPermission().then(setMayNotify)}>
            {text("allow")}
          </Button>
        </div>
      )}
      {mayNotify === "denied" && <p className={settings.quiet}>{text("browserRefuses")}</p>}
      <Checkbox
        checked={wanted.channel === "true"}
        onChange={(is) => change({ channel: is ? "true" : "false" })}
      >
        {text("channelMentions")}
      </Checkbox>
      <Checkbox
        checked={wanted.first_name === "true"}
        onChange={(is) => change({ first_name: is ? "true" : "false" })}
      >
        {text("firstNameMentions")}
      </Checkbox>
      <TextField
        label={text("words")}
        help={text("wordsHelp")}
        value={wanted.mention_keys ?? ""}
        onChange={(mention_keys) => change({ mention_keys })}
      />
      <div className={settings.row}>
        <Button type="submit" variant="primary" isPending={save.isPending}>
          {text("save")}
        </Button>
      </div>
      <hr className={settings.line} />
      <DigestChoice />
    </form>
  );
}
