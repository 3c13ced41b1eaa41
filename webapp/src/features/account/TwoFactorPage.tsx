import { useQuery } from "@tanstack/react-query";
import { meQuery, messageOf, statusOf } from "@/api";
import { Link, navigate, paths } from "@/host";
import { ErrorState, Spinner } from "@/ui";
import { signedIn } from "./entering";
import styles from "./SignInPage.module.css";
import { TwoFactorSetup } from "./TwoFactor";
import { useAccountText } from "./text";

/** Where the server that wants a second factor of everybody leads whoever has none. */
export default function TwoFactorPage() {
  const text = useAccountText();
  const { data: me, error, refetch } = useQuery(meQuery);
  if (statusOf(error) === 401) return <Link href={paths.signIn}>{text("toSignIn")}</Link>;
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!me) return <Spinner />;
  const goOn = () => {
    signedIn({ ...me, mfa_active: true });
    navigate(paths.home, { replace: true });
  };
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <img src="/icon.svg" alt="" width={44} height={44} />
        <h1 className={styles.title}>{text("twoFactor")}</h1>
        <p>{text("twoFactorRequired")}</p>
        <TwoFactorSetup userId={me.id} onActive={goOn} />
      </div>
    </main>
  );
}
