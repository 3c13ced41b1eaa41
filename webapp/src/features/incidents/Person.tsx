import { nameOf, pictureOf, useUser } from "@/api";
import { Avatar } from "@/ui";
import styles from "./Person.module.css";

/** Somebody's picture and name. */
export function Person({ id }: { id: string }) {
  const user = useUser(id);
  if (!user) return null;
  return (
    <span className={styles.person}>
      <Avatar src={pictureOf(user)} size={24} />
      <span className={styles.name}>{nameOf(user)}</span>
    </span>
  );
}
