import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { chat, messageOf } from "@/api";
import { navigate, paths } from "@/host";
import { Spinner, TextField } from "@/ui";
import { Card } from "./Card";
import { configQuery, signUp, teamNameOf } from "./entering";
import { NewAccountFields, NO_ACCOUNT } from "./NewAccountFields";
import { useAccountText } from "./text";

/** An empty server: its first account is the administrator's, and gets a first team. */
export default function SetupPage() {
  const text = useAccountText();
  const { data: config } = useQuery(configQuery);
  const [account, setAccount] = useState(NO_ACCOUNT);
  const [team, setTeam] = useState("");
  const begin = useMutation({
    mutationFn: async () => {
      await signUp(account, "");
      const name = teamNameOf(team);
      // As above: the client's type wants a whole team.
      return chat.createTeam({ name, display_name: team, type: "I" } as Parameters<
        typeof chat.createTeam
      >[0]);
    },
    onSuccess: (made) => navigate(paths.channel(made.name, "town-square"), { replace: true }),
    onError: () =>
      void chat.getMe().then(
        () => navigate(paths.selectTeam, { replace: true }),
        () => undefined,
      ),
  });
  const isTaken = config !== undefined && config.NoAccounts !== "true" && begin.isIdle;
  useEffect(() => {
    if (isTaken) navigate(paths.signIn, { replace: true });
  }, [isTaken]);
  if (config === undefined || isTaken) return <Spinner />;
  return (
    <Card
      title={text("setupTitle")}
      error={begin.error ? (messageOf(begin.error) ?? text("signInFailed")) : undefined}
      deed={text("setup")}
      isPending={begin.isPending}
      onSubmit={() => begin.mutate()}
    >
      <p>{text("setupWhy")}</p>
      <NewAccountFields
        account={account}
        onChange={(typed) => setAccount((before) => ({ ...before, ...typed }))}
        minimumLength={Number(config.PasswordMinimumLength)}
      />
      <TextField
        label={text("teamName")}
        name="team"
        isRequired
        minLength={2}
        maxLength={64}
        help={text("teamNameHelp")}
        value={team}
        onChange={setTeam}
      />
    </Card>
  );
}
