import type { UserProfile } from "@mattermost/types/users";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cache, chat, keys, meQuery, messageOf, pictureOf, remember } from "@/api";
import { Avatar, Banner, Button, FileButton, PICTURES, Spinner, settings, TextField, toast } from "@/ui";
import { useAccountText } from "./text";

export function ProfileTab() {
  const { data: me } = useQuery(meQuery);
  return me ? <ProfileForm key={me.id} me={me} /> : <Spinner />;
}

const PARTS = ["first_name", "last_name", "nickname", "position", "username", "email"] as const;

function ProfileForm({ me }: { me: UserProfile }) {
  const text = useAccountText();
  const [profile, setProfile] = useState(() => ({
    first_name: me.first_name,
    last_name: me.last_name,
    nickname: me.nickname,
    position: me.position,
    username: me.username,
    email: me.email,
  }));
  const [hours, setHours] = useState(me.props?.working_hours ?? "");
  const save = useMutation({
    mutationFn: () => chat.patchMe({ ...profile, props: { ...me.props, working_hours: hours } }),
    onSuccess: (saved) => {
      cache.setQueryData(keys.me, saved);
      remember(saved);
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
      <Picture me={me} />
      {PARTS.map((part) => (
        <TextField
          key={part}
          label={text(part)}
          name={part}
          type={part === "email" ? "email" : "text"}
          isRequired={part === "username" || part === "email"}
          value={profile[part]}
          onChange={(value) => setProfile((before) => ({ ...before, [part]: value }))}
        />
      ))}
      <TextField
        label={text("workingHours")}
        placeholder="Mon-Fri 09:00-17:00"
        help={text("workingHoursHelp")}
        value={hours}
        onChange={setHours}
      />
      <div className={settings.row}>
        <Button type="submit" variant="primary" isPending={save.isPending}>
          {text("save")}
        </Button>
      </div>
    </form>
  );
}

function Picture({ me }: { me: UserProfile }) {
  const text = useAccountText();
  const upload = useMutation({
    mutationFn: (file: File) => chat.uploadProfileImage(me.id, file),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.me }),
    onError: (error) => toast({ text: messageOf(error) ?? text("signInFailed"), tone: "danger" }),
  });
  return (
    <div className={settings.row}>
      <Avatar src={pictureOf(me)} name={text("picture")} size={96} />
      <FileButton accept={PICTURES} isPending={upload.isPending} onFile={(file) => upload.mutate(file)}>
        {text("changePicture")}
      </FileButton>
    </div>
  );
}
