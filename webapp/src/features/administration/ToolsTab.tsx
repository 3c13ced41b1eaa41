import type { Bot } from "@mattermost/types/bots";
import type { Command } from "@mattermost/types/integrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cache, channelsQuery, chat, keys, messageOf, pictureOf, useUser } from "@/api";
import { useMe } from "@/host";
import {
  Avatar,
  Badge,
  ComboBox,
  FileButton,
  PICTURES,
  Select,
  Spinner,
  settings,
  TextField,
  toast,
} from "@/ui";
import { useAgain, useRemoval } from "./deeds";
import { OutgoingHooks } from "./OutgoingHooks";
import { allTeamsQuery, botsQuery, commandsQuery, hooksQuery } from "./questions";
import { Making, Thing, Things } from "./Things";
import { useAdministrationText } from "./text";

/** What programs use: webhooks and slash commands of a team, and bots. */
export function ToolsTab() {
  const text = useAdministrationText();
  const { data: teams } = useQuery(allTeamsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!teams) return <Spinner />;
  const team = chosen ?? teams[0]?.id ?? "";
  return (
    <div className={settings.form}>
      <Select
        label={text("team")}
        options={teams.map((one) => ({ id: one.id, text: one.display_name }))}
        selected={team}
        onSelect={setChosen}
      />
      {team !== "" && <Hooks key={`hooks ${team}`} team={team} />}
      {team !== "" && <OutgoingHooks key={`outgoing ${team}`} team={team} />}
      {team !== "" && <Commands key={`commands ${team}`} team={team} />}
      <Bots />
    </div>
  );
}

function Hooks({ team }: { team: string }) {
  const text = useAdministrationText();
  const { data: hooks } = useQuery(hooksQuery(team));
  const { data: channels } = useQuery(channelsQuery(team));
  const [name, setName] = useState("");
  const [channel, setChannel] = useState<string | null>(null);
  const again = useAgain("hooks");
  const make = useMutation({
    mutationFn: () => chat.createIncomingWebhook({ channel_id: channel ?? "", display_name: name }),
    onSuccess: async () => {
      setName("");
      await again();
    },
  });
  const remove = useRemoval((id) => chat.removeIncomingWebhook(id), again);
  return (
    <Things
      title={text("hooks")}
      form={
        <Making make={make} label={text("makeHook")}>
          <TextField label={text("name")} isRequired value={name} onChange={setName} />
          <ComboBox
            label={text("channel")}
            options={[...(channels?.values() ?? [])]
              .filter((one) => one.type === "O" || one.type === "P")
              .map((one) => ({ id: one.id, text: one.display_name }))}
            selected={channel}
            onSelect={setChannel}
            isRequired
          />
        </Making>
      }
    >
      {hooks?.map((hook) => (
        <Thing
          key={hook.id}
          code={`${window.location.origin}/hooks/${hook.id}`}
          remove={{ label: text("delete"), onPress: () => remove.mutate(hook.id) }}
        >
          {hook.display_name || text("unnamed")}
        </Thing>
      ))}
    </Things>
  );
}

function Commands({ team }: { team: string }) {
  const text = useAdministrationText();
  const { data: commands } = useQuery(commandsQuery(team));
  const [trigger, setTrigger] = useState("");
  const [url, setUrl] = useState("");
  const again = useAgain("commands");
  const make = useMutation({
    mutationFn: () =>
      // The client's type wants a whole command; the server fills in what is not given.
      chat.addCommand({ team_id: team, trigger, url, method: "P", auto_complete: true } as Command),
    onSuccess: async () => {
      setTrigger("");
      setUrl("");
      await again();
    },
  });
  const remove = useRemoval((id) => chat.deleteCommand(id), again);
  return (
    <Things
      title={text("commands")}
      form={
        <Making
          make={make}
          label={text("makeCommand")}
          secret={{ label: text("madeToken"), value: make.data?.token ?? "" }}
        >
          <TextField label={text("trigger")} isRequired value={trigger} onChange={setTrigger} />
          <TextField label={text("url")} type="url" isRequired value={url} onChange={setUrl} />
        </Making>
      }
    >
      {commands?.map((command) => (
        <Thing
          key={command.id}
          code={command.url}
          remove={{ label: text("delete"), onPress: () => remove.mutate(command.id) }}
        >
          /{command.trigger}
        </Thing>
      ))}
    </Things>
  );
}

function Bots() {
  const text = useAdministrationText();
  const { data: bots } = useQuery(botsQuery);
  const me = useMe();
  const [username, setUsername] = useState("");
  const again = useAgain("bots");
  const make = useMutation({
    mutationFn: async () => {
      const bot = await chat.createBot({ username, display_name: username, owner_id: me.id });
      return chat.createUserAccessToken(bot.user_id, text("firstToken"));
    },
    onSuccess: async () => {
      setUsername("");
      await again();
    },
  });
  const disable = useRemoval((id) => chat.disableBot(id), again);
  return (
    <Things
      title={text("bots")}
      form={
        <Making
          make={make}
          label={text("makeBot")}
          secret={{ label: text("botToken"), value: make.data?.token ?? "" }}
        >
          <TextField label={text("botName")} isRequired value={username} onChange={setUsername} />
        </Making>
      }
    >
      {bots?.map((bot) => (
        <Thing
          key={bot.user_id}
          deeds={bot.delete_at === 0 && !isOfProduct(bot) && <BotPicture bot={bot} />}
          remove={
            bot.delete_at === 0 && !isOfProduct(bot)
              ? { label: text("disable"), onPress: () => disable.mutate(bot.user_id) }
              : undefined
          }
        >
          @{bot.username} {bot.delete_at > 0 && <Badge>{text("deactivated")}</Badge>}
        </Thing>
      ))}
    </Things>
  );
}

/** How a bot looks beside what it posts, and the button that changes it. */
function BotPicture({ bot }: { bot: Bot }) {
  const text = useAdministrationText();
  const user = useUser(bot.user_id);
  const upload = useMutation({
    mutationFn: (file: File) => chat.uploadProfileImage(bot.user_id, file),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.user(bot.user_id) }),
    onError: (error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" }),
  });
  return (
    <>
      <Avatar src={pictureOf(user ?? { id: bot.user_id })} size={24} />
      <FileButton
        size="s"
        accept={PICTURES}
        isPending={upload.isPending}
        aria-label={text("changePictureOf", { name: bot.username })}
        onFile={(file) => upload.mutate(file)}
      >
        {text("changePicture")}
      </FileButton>
    </>
  );
}

/** Whether a bot belongs to the product itself: its owner is then no person. */
function isOfProduct(bot: Bot): boolean {
  return bot.owner_id.includes(".");
}
