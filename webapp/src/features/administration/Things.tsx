import type { ReactNode } from "react";
import { Banner, Button, settings } from "@/ui";
import styles from "./Administration.module.css";
import { Failure } from "./deeds";

interface ThingsProps {
  title: string;
  /** What they are for. */
  why?: string;
  /** One `Thing` each. */
  children: ReactNode;
  /** What makes another. */
  form: ReactNode;
}

/** Things of one kind that programs use, and the form that makes another. */
export function Things({ title, why, children, form }: ThingsProps) {
  return (
    <section className={styles.card} aria-label={title}>
      <h2 className={settings.heading}>{title}</h2>
      {why && <p className={settings.quiet}>{why}</p>}
      <ul>{children}</ul>
      {form}
    </section>
  );
}

interface ThingProps {
  children: ReactNode;
  /** An address or the like, below. */
  code?: string;
  /** What is done with it, besides taking it away. */
  deeds?: ReactNode;
  remove?: { label: string; onPress: () => void };
}

export function Thing({ children, code, deeds, remove }: ThingProps) {
  return (
    <li className={settings.session}>
      <span className={settings.grow}>
        {children}
        {code !== undefined && (
          <>
            <br />
            <span className={styles.code}>{code}</span>
          </>
        )}
      </span>
      {deeds}
      {remove && (
        <Button size="s" variant="danger" onPress={remove.onPress}>
          {remove.label}
        </Button>
      )}
    </li>
  );
}

interface MakingProps {
  make: { mutate: () => void; isPending: boolean; error: Error | null };
  /** What its button says. */
  label: string;
  /** What was made is known by this alone, and the server does not give it a second time. */
  secret?: { label: string; value: string };
  children: ReactNode;
}

/** The form that makes another, on one line where there is room. */
export function Making({ make, label, secret, children }: MakingProps) {
  return (
    <>
      <Failure of={make.error} />
      {secret && secret.value !== "" && (
        <Banner tone="success">
          {secret.label} <span className={styles.code}>{secret.value}</span>
        </Banner>
      )}
      <form
        className={styles.making}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        {children}
        <Button type="submit" isPending={make.isPending}>
          {label}
        </Button>
      </form>
    </>
  );
}
