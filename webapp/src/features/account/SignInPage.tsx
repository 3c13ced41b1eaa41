import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { cache, chat, keys, messageOf } from "@/api";
import { navigate, paths, useSearchParam } from "@/host";
import { Banner, Button, TextField } from "@/ui";
import styles from "./SignInPage.module.css";
import { useAccountText } from "./text";

export default function SignInPage() {
  const text = useAccountText();
  const [loginId, setLoginId] = useState("");
  const [password, setPassword] = useState("");
  const [redirectTo] = useSearchParam("redirect_to");
  const signIn = useMutation({
    mutationFn: () => chat.login(loginId, password),
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(keys.me, me);
      navigate(isInside(redirectTo) ? redirectTo : paths.home, { replace: true });
    },
  });
  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <img src="/icon.svg" alt="" width={44} height={44} />
        <h1 className={styles.title}>{text("signInTitle")}</h1>
        {signIn.error && <Banner tone="danger">{messageOf(signIn.error) ?? text("signInFailed")}</Banner>}
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
        <Button type="submit" variant="primary" fullWidth isPending={signIn.isPending}>
          {text("signIn")}
        </Button>
      </form>
    </main>
  );
}

/** Whether an address leads into this site: nobody is sent elsewhere after signing in. */
function isInside(address: string): boolean {
  return address.startsWith("/") && !address.startsWith("//") && !address.includes("\\");
}
