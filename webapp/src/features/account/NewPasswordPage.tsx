import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { chat, messageOf } from "@/api";
import { Link, navigate, paths, useSearchParam } from "@/host";
import { TextField, toast } from "@/ui";
import { Card } from "./Card";
import { configQuery } from "./entering";
import { useAccountText } from "./text";

/** Where the link of the mail leads (`?token=`): a new password. */
export default function NewPasswordPage() {
  const text = useAccountText();
  const [token] = useSearchParam("token");
  const [password, setPassword] = useState("");
  const { data: config } = useQuery(configQuery);
  const minimumLength = Number(config?.PasswordMinimumLength ?? 8);
  const reset = useMutation({
    mutationFn: () => chat.resetUserPassword(token, password),
    onSuccess: () => {
      toast({ text: text("passwordChanged") });
      navigate(paths.signIn, { replace: true });
    },
  });
  return (
    <Card
      title={text("newPasswordTitle")}
      error={reset.error ? (messageOf(reset.error) ?? text("signInFailed")) : undefined}
      deed={text("changePassword")}
      isPending={reset.isPending}
      onSubmit={() => reset.mutate()}
      below={<Link href="/reset_password">{text("askAgain")}</Link>}
    >
      <TextField
        label={text("passwordNew")}
        name="password"
        type="password"
        autoComplete="new-password"
        autoFocus
        isRequired
        minLength={minimumLength}
        help={text("passwordHelp", { count: minimumLength })}
        value={password}
        onChange={setPassword}
      />
    </Card>
  );
}
