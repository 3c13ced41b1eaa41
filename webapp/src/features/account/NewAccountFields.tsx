import { TextField } from "@/ui";
import { useAccountText } from "./text";

export interface NewAccount {
  username: string;
  email: string;
  password: string;
}

export const NO_ACCOUNT: NewAccount = { username: "", email: "", password: "" };

export interface NewAccountFieldsProps {
  account: NewAccount;
  /** Called with what was typed only: a password manager fills several fields before anything is drawn again. */
  onChange: (typed: Partial<NewAccount>) => void;
  minimumLength: number;
}

/** What is needed of somebody who gets an account. */
export function NewAccountFields({ account, onChange, minimumLength }: NewAccountFieldsProps) {
  const text = useAccountText();
  return (
    <>
      <TextField
        label={text("email")}
        name="email"
        type="email"
        autoComplete="email"
        autoFocus
        isRequired
        value={account.email}
        onChange={(email) => onChange({ email })}
      />
      <TextField
        label={text("username")}
        name="username"
        autoComplete="username"
        isRequired
        help={text("usernameHelp")}
        value={account.username}
        onChange={(username) => onChange({ username: username.toLowerCase() })}
      />
      <TextField
        label={text("password")}
        name="password"
        type="password"
        autoComplete="new-password"
        isRequired
        minLength={minimumLength}
        help={text("passwordHelp", { count: minimumLength })}
        value={account.password}
        onChange={(password) => onChange({ password })}
      />
    </>
  );
}
