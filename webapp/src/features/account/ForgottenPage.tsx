import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { chat, messageOf } from "@/api";
import { Link, paths } from "@/host";
import { Banner, TextField } from "@/ui";
import { Card } from "./Card";
import { useAccountText } from "./text";

/** For whoever forgot the password: sends a mail with a link to choose a new one. */
export default function ForgottenPage() {
  const text = useAccountText();
  const [email, setEmail] = useState("");
  const send = useMutation({ mutationFn: () => chat.sendPasswordResetEmail(email) });
  return (
    <Card
      title={text("forgottenTitle")}
      error={send.error ? (messageOf(send.error) ?? text("signInFailed")) : undefined}
      deed={text("sendMail")}
      isPending={send.isPending}
      onSubmit={() => send.mutate()}
      below={<Link href={paths.signIn}>{text("toSignIn")}</Link>}
    >
      {send.isSuccess ? <Banner>{text("mailSent")}</Banner> : <p>{text("forgottenWhy")}</p>}
      <TextField
        label={text("email")}
        name="email"
        type="email"
        autoComplete="email"
        autoFocus
        isRequired
        value={email}
        onChange={setEmail}
      />
    </Card>
  );
}
