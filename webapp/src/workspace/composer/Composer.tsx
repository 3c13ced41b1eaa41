import { useMutation } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { chat, send } from "@/api";
import { commandHooks, navigate, useTeam } from "@/host";
import { IconButton, toast } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./Composer.module.css";

/** The box in which a post is written. Enter sends, Shift+Enter begins a line. */
export function Composer({ channelId, name }: { channelId: string; name: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const [message, setMessage] = useState("");
  const sending = useMutation({
    mutationFn: async (written: string) => {
      if (written.startsWith("/")) await runCommand(written, channelId, team.id);
      else await send({ channel_id: channelId, message: written });
    },
    onError: (_, written) => {
      setMessage((now) => now || written);
      toast({ text: text("sendFailed"), tone: "danger" });
    },
  });
  const submit = () => {
    if (message.trim() === "") return;
    sending.mutate(message);
    setMessage("");
  };
  return (
    <div className={styles.composer}>
      <div className={styles.box}>
        <textarea
          className={styles.text}
          aria-label={text("writeTo", { name })}
          placeholder={text("writeTo", { name })}
          rows={1}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            submit();
          }}
        />
        <IconButton
          label={text("send")}
          icon={<SendHorizontal size={18} />}
          isDisabled={message.trim() === ""}
          onPress={submit}
        />
      </div>
    </div>
  );
}

async function runCommand(command: string, channelId: string, teamId: string): Promise<void> {
  let what: string | null = command;
  for (const hook of commandHooks()) {
    if (what !== null) what = hook(what, { channelId, rootId: "" });
  }
  if (what === null) return;
  const answer = await chat.executeCommand(what, { channel_id: channelId, team_id: teamId });
  if (answer.goto_location?.startsWith("/")) navigate(answer.goto_location);
}
