import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { chat, messageOf, ruleOf } from "@/api";
import { Link, navigate, paths, useSearchParam } from "@/host";
import { Spinner, TextField } from "@/ui";
import { Card } from "./Card";
import { configQuery, signedIn } from "./entering";
import { ProviderButton, ProviderCode, useRefusal } from "./Provider";
import { CodeField } from "./TwoFactor";
import { useAccountText } from "./text";

const CODE_MISSING = "mfa.validate_token.authenticate.app_error";

export default function SignInPage() {
  const text = useAccountText();
  const [loginId, setLoginId] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [redirectTo] = useSearchParam("redirect_to");
  const [step] = useSearchParam("code");
  const [refused] = useSearchParam("refused");
  const refusal = useRefusal(refused);
  const goOn = () => navigate(isInside(redirectTo) ? redirectTo : paths.home, { replace: true });
  const signIn = useMutation({
    mutationFn: () => chat.login(loginId, password, code),
    onSuccess: (me) => {
      signedIn(me);
      goOn();
    },
    onError: (error) => {
      if (ruleOf(error) === CODE_MISSING) setNeedsCode(true);
    },
  });
  const { data: config, isPending } = useQuery(configQuery);
  const isEmpty = config?.NoAccounts === "true";
  useEffect(() => {
    if (isEmpty) navigate("/setup", { replace: true });
  }, [isEmpty]);
  // Whoever is about to be led to the first form must not begin to fill in this one.
  if (isPending || isEmpty) return <Spinner />;
  if (step === "openid") return <ProviderCode onSignedIn={goOn} />;
  const asksForCode = ruleOf(signIn.error) === CODE_MISSING && code === "";
  const failure = asksForCode ? undefined : (messageOf(signIn.error) ?? text("signInFailed"));
  return (
    <Card
      title={text("signInTitle")}
      error={signIn.error ? failure : refusal}
      deed={text("signIn")}
      isPending={signIn.isPending}
      onSubmit={() => signIn.mutate()}
      below={
        <>
          {config?.EnableSignUpWithOpenId === "true" && (
            <ProviderButton words={config.OpenIdButtonText} redirectTo={redirectTo} />
          )}
          <Link href="/reset_password">{text("forgotten")}</Link>
          {config?.EnableOpenServer === "true" && (
            <Link href="/signup_user_complete">{text("signUpTitle")}</Link>
          )}
        </>
      }
    >
      <TextField
        label={text("loginId")}
        name="login_id"
        autoComplete="username"
        autoFocus
        isRequired
        value={loginId}
        onChange={setLoginId}
      />
      <TextField
        label={text("password")}
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
        value={password}
        onChange={setPassword}
      />
      {needsCode && <CodeField value={code} onChange={setCode} />}
    </Card>
  );
}

/** Whether an address leads into this site: nobody is sent elsewhere after signing in. */
function isInside(address: string): boolean {
  return address.startsWith("/") && !address.startsWith("//") && !address.includes("\\");
}
