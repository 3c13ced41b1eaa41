import { memo } from "react";
import { nameOf, typingStore, useUser } from "@/api";
import { useMe } from "@/host";
import { useWorkspaceText } from "../text";
import styles from "./Composer.module.css";

/** Who is writing here, below the box. */
export const TypingLine = memo(function TypingLine({
  channelId,
  rootId,
}: {
  channelId: string;
  rootId: string;
}) {
  const text = useWorkspaceText();
  const me = useMe();
  const now = typingStore((state) => state.now);
  const ids = now
    .filter((one) => one.channelId === channelId && one.rootId === rootId && one.userId !== me.id)
    .map((one) => one.userId);
  const first = useUser(ids[0] ?? "");
  const second = useUser(ids[1] ?? "");
  const names = [first, second].filter((user) => user != null).map(nameOf);
  return (
    <p className={styles.typing} aria-live="polite">
      {names.length === 1 && text("typingOne", { name: names[0] })}
      {names.length > 1 && text("typingMore", { names: names.join(", "), more: ids.length - names.length })}
    </p>
  );
});
