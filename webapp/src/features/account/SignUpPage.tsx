import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { chat, messageOf } from "@/api";
import { Link, navigate, paths, useSearchParam } from "@/host";
import { Button, ErrorState, Spinner, StateScreen } from "@/ui";
import { Card } from "./Card";
import { configQuery, invitationQuery, perhapsMeQuery, signUp } from "./entering";
import { NewAccountFields, NO_ACCOUNT } from "./NewAccountFields";
import { useAccountText } from "./text";

/** An invitation (`?id=`) leads here: makes an account, or brings who has one into the team. */
export default function SignUpPage() {
  const text = useAccountText();
  const [invitation] = useSearchParam("id");
  const config = useQuery(configQuery);
  const team = useQuery(invitationQuery(invitation));
  const me = useQuery(perhapsMeQuery);
  const [account, setAccount] = useState(NO_ACCOUNT);
  const join = useMutation({
    mutationFn: async () => {
      if (!me.data) await signUp(account, invitation);
      if (invitation !== "") await chat.addToTeamFromInvite("", invitation);
    },
    onSuccess: () =>
      navigate(team.data ? paths.channel(team.data.name, "town-square") : paths.home, { replace: true }),
  });
  if (config.isPending || me.isPending || team.isLoading) return <Spinner />;
  if (team.error || (invitation === "" && config.data?.EnableOpenServer !== "true")) {
    return (
      <StateScreen>
        <ErrorState
          isPage
          title={text("invitationDead")}
          message={text("invitationDeadWhy")}
          action={<Button onPress={() => navigate(paths.signIn)}>{text("signIn")}</Button>}
        />
      </StateScreen>
    );
  }
  const title = team.data ? text("joinTeam", { team: team.data.display_name }) : text("signUpTitle");
  return (
    <Card
      title={title}
      error={join.error ? (messageOf(join.error) ?? text("signInFailed")) : undefined}
      deed={me.data ? text("join") : text("signUp")}
      isPending={join.isPending}
      onSubmit={() => join.mutate()}
      below={
        me.data ? undefined : (
          <Link
            href={`${paths.signIn}?redirect_to=${encodeURIComponent(window.location.pathname + window.location.search)}`}
          >
            {text("haveAccount")}
          </Link>
        )
      }
    >
      {me.data ? (
        <p>{text("joinAs", { username: me.data.username })}</p>
      ) : (
        <NewAccountFields
          account={account}
          onChange={(typed) => setAccount((before) => ({ ...before, ...typed }))}
          minimumLength={Number(config.data?.PasswordMinimumLength ?? 8)}
        />
      )}
    </Card>
  );
}
