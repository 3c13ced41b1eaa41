import type { FormEvent, ReactNode } from "react";
import { Banner, Button } from "@/ui";
import styles from "./SignInPage.module.css";

export interface CardProps {
  title: string;
  /** What went wrong with what was sent. */
  error?: string;
  deed: string;
  isPending: boolean;
  onSubmit: () => void;
  children: ReactNode;
  below?: ReactNode;
}

/** A form in the middle of an otherwise empty page: the ways in. */
export function Card({ title, error, deed, isPending, onSubmit, children, below }: CardProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit}>
        <img src="/icon.svg" alt="" width={44} height={44} />
        <h1 className={styles.title}>{title}</h1>
        {error !== undefined && <Banner tone="danger">{error}</Banner>}
        {children}
        <Button type="submit" variant="primary" fullWidth isPending={isPending}>
          {deed}
        </Button>
        {below}
      </form>
    </main>
  );
}
