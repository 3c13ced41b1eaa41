import type { MfaSecret } from "@mattermost/types/mfa";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { chat, messageOf } from "@/api";
import { Banner, Button, settings, TextField } from "@/ui";
import styles from "./AccountPage.module.css";
import { useAccountText } from "./text";

/** From a fresh secret, shown as a picture and as letters, to the first code that shows that the app has it. */
export function TwoFactorSetup({ userId, onActive }: { userId: string; onActive: () => void }) {
  const text = useAccountText();
  const generate = useMutation({ mutationFn: () => chat.generateMfaSecret(userId) });
  return (
    <>
      {generate.error && <Banner tone="danger">{messageOf(generate.error) ?? text("signInFailed")}</Banner>}
      {generate.data ? (
        <FirstCode userId={userId} secret={generate.data} onActive={onActive} />
      ) : (
        <div className={settings.row}>
          <Button variant="primary" onPress={() => generate.mutate()}>
            {text("twoFactorSetUp")}
          </Button>
        </div>
      )}
    </>
  );
}

function FirstCode({
  userId,
  secret,
  onActive,
}: {
  userId: string;
  secret: MfaSecret;
  onActive: () => void;
}) {
  const text = useAccountText();
  const [code, setCode] = useState("");
  const activate = useMutation({
    mutationFn: () => chat.updateUserMfa(userId, true, code),
    onSuccess: onActive,
  });
  return (
    <form
      className={settings.form}
      onSubmit={(event) => {
        event.preventDefault();
        activate.mutate();
      }}
    >
      <p>{text("twoFactorScan")}</p>
      <img
        className={styles.code}
        src={`data:image/png;base64,${secret.qr_code}`}
        alt={text("twoFactorPicture")}
      />
      <p>
        {text("twoFactorType")} <code className={styles.secret}>{secret.secret}</code>
      </p>
      {activate.error && <Banner tone="danger">{messageOf(activate.error) ?? text("signInFailed")}</Banner>}
      <CodeField value={code} onChange={setCode} />
      <div className={settings.row}>
        <Button type="submit" variant="primary" isPending={activate.isPending}>
          {text("twoFactorOn")}
        </Button>
      </div>
    </form>
  );
}

/** Six digits of the authenticator app. */
export function CodeField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const text = useAccountText();
  return (
    <TextField
      label={text("code")}
      help={text("codeHelp")}
      name="code"
      autoComplete="one-time-code"
      inputMode="numeric"
      autoFocus
      isRequired
      value={value}
      onChange={onChange}
    />
  );
}
