import { nameOf, pictureOf, useUser } from "@/api";
import { Avatar } from "@/ui";
import { useStrangerName } from "./archive/Strangers";
import styles from "./Person.module.css";

/** Somebody's picture and name; of who has no account here, the name that came with the incident. */
export function Person({ id }: { id: string }) {
  const user = useUser(id);
  const stranger = useStrangerName(id);
  if (user === null && stranger !== "") return <span className={styles.name}>{stranger}</span>;
  if (!user) return null;
  return (
    <span className={styles.person}>
      <Avatar src={pictureOf(user)} size={24} />
      <span className={styles.name}>{nameOf(user)}</span>
    </span>
  );
}
