import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { chat, messageOf } from "@/api";
import { Link, paths } from "@/host";
import { Button } from "@/ui";
import { Card } from "./Card";
import { signedIn } from "./entering";
import { CodeField } from "./TwoFactor";
import { useAccountText } from "./text";

/** The way to the provider of OpenID Connect, which is outside this app. */
export function ProviderButton({ words, redirectTo }: { words: string | undefined; redirectTo: string }) {
  const text = useAccountText();
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = () => {
    setIsLeaving(true);
    window.location.assign(`/oauth/openid/login?redirect_to=${encodeURIComponent(redirectTo)}`);
  };
  return (
    <Button fullWidth isPending={isLeaving} onPress={leave}>
      {words || text("provider")}
    </Button>
  );
}

/** The code that an account needs besides what the provider has proved. */
export function ProviderCode({ onSignedIn }: { onSignedIn: () => void }) {
  const text = useAccountText();
  const [code, setCode] = useState("");
  const enter = useMutation({
    mutationFn: async () => {
      await chat.enterProviderCode(code);
      signedIn(await chat.getMe());
    },
    onSuccess: onSignedIn,
  });
  return (
    <Card
      title={text("signInTitle")}
      error={enter.error ? (messageOf(enter.error) ?? text("signInFailed")) : undefined}
      deed={text("signIn")}
      isPending={enter.isPending}
      onSubmit={() => enter.mutate()}
      below={<Link href={paths.signIn}>{text("back")}</Link>}
    >
      <CodeField value={code} onChange={setCode} />
    </Card>
  );
}

const REFUSALS = {
  address_taken: "refused_address_taken",
  address_unverified: "refused_address_unverified",
  cancelled: "refused_cancelled",
  deactivated: "refused_deactivated",
  no_account: "refused_no_account",
  stale: "refused_stale",
  too_many_failures: "refused_too_many_failures",
  unavailable: "refused_unavailable",
} as const;

/** Why the provider, or what it said, let nobody in; undefined if nothing was tried. */
export function useRefusal(reason: string): string | undefined {
  const text = useAccountText();
  if (reason === "") return undefined;
  return text(isKnown(reason) ? REFUSALS[reason] : "refused_unproven");
}

function isKnown(reason: string): reason is keyof typeof REFUSALS {
  return Object.hasOwn(REFUSALS, reason);
}
