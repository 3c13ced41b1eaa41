import type { Bot } from "@mattermost/types/bots";
import type { Command } from "@mattermost/types/integrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { channelsQuery, chat } from "@/api";
import { useMe } from "@/host";
import { Badge, Banner, Button, ComboBox, Select, Spinner, TextField, toast } from "@/ui";
import styles from "./Administration.module.css";
import { Failure, useAgain, useRemoval } from "./deeds";
import { OutgoingHooks } from "./OutgoingHooks";
import { allTeamsQuery, botsQuery, commandsQuery, hooksQuery } from "./questions";
import { useAdministrationText } from "./text";

/** What programs use: webhooks and slash commands of a team, and bots. */
export function ToolsTab() {
  const text = useAdministrationText();
  const { data: teams } = useQuery(allTeamsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!teams) return <Spinner />;
  const team = chosen ?? teams[0]?.id ?? "";
  return (
    <div className={styles.form}>
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
    <section className={styles.card}>
      <h2 className={styles.heading}>{text("hooks")}</h2>
      <Failure of={make.error} />
      <ul>
        {hooks?.map((hook) => (
          <li key={hook.id} className={styles.session}>
            <span className={styles.grow}>
              {hook.display_name || text("unnamed")}
              <br />
              <span className={styles.code}>{`${window.location.origin}/hooks/${hook.id}`}</span>
            </span>
            <Button size="s" variant="danger" onPress={() => remove.mutate(hook.id)}>
              {text("delete")}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
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
        <Button type="submit" isPending={make.isPending}>
          {text("makeHook")}
        </Button>
      </form>
    </section>
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
    onSuccess: async (made) => {
      setTrigger("");
      setUrl("");
      toast({ text: text("commandToken", { token: made.token }) });
      await again();
    },
  });
  const remove = useRemoval((id) => chat.deleteCommand(id), again);
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>{text("commands")}</h2>
      <Failure of={make.error} />
      <ul>
        {commands?.map((command) => (
          <li key={command.id} className={styles.session}>
            <span className={styles.grow}>
              /{command.trigger}
              <br />
              <span className={styles.code}>{command.url}</span>
            </span>
            <Button size="s" variant="danger" onPress={() => remove.mutate(command.id)}>
              {text("delete")}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextField label={text("trigger")} isRequired value={trigger} onChange={setTrigger} />
        <TextField label={text("url")} type="url" isRequired value={url} onChange={setUrl} />
        <Button type="submit" isPending={make.isPending}>
          {text("makeCommand")}
        </Button>
      </form>
    </section>
  );
}

function Bots() {
  const text = useAdministrationText();
  const { data: bots } = useQuery(botsQuery);
  const me = useMe();
  const [username, setUsername] = useState("");
  const [token, setToken] = useState("");
  const again = useAgain("bots");
  const make = useMutation({
    mutationFn: async () => {
      const bot = await chat.createBot({ username, display_name: username, owner_id: me.id });
      return chat.createUserAccessToken(bot.user_id, text("firstToken"));
    },
    onSuccess: async (made) => {
      setUsername("");
      setToken(made.token ?? "");
      await again();
    },
  });
  const disable = useRemoval((id) => chat.disableBot(id), again);
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>{text("bots")}</h2>
      <Failure of={make.error} />
      {token !== "" && (
        <Banner tone="success">
          {text("botToken")} <span className={styles.code}>{token}</span>
        </Banner>
      )}
      <ul>
        {bots?.map((bot) => (
          <li key={bot.user_id} className={styles.session}>
            <span className={styles.grow}>
              @{bot.username} {bot.delete_at > 0 && <Badge>{text("deactivated")}</Badge>}
            </span>
            {bot.delete_at === 0 && !isOfProduct(bot) && (
              <Button size="s" variant="danger" onPress={() => disable.mutate(bot.user_id)}>
                {text("disable")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextField label={text("botName")} isRequired value={username} onChange={setUsername} />
        <Button type="submit" isPending={make.isPending}>
          {text("makeBot")}
        </Button>
      </form>
    </section>
  );
}

/** Whether a bot belongs to the product itself: its owner is then no person. */
function isOfProduct(bot: Bot): boolean {
  return bot.owner_id.includes(".");
}
