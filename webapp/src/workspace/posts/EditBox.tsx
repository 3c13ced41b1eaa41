import type { Post } from "@mattermost/types/posts";
import { useMutation } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { editPost, messageOf } from "@/api";
import { Button, toast } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./EditBox.module.css";
import { stopEditing } from "./editing";

/** A post being changed in its place. Enter saves, Escape leaves it as it was. */
export function EditBox({ post }: { post: Post }) {
  const text = useWorkspaceText();
  const [message, setMessage] = useState(post.message);
  const box = useCursorAtEnd();
  const saving = useMutation({
    mutationFn: () => editPost(post, message),
    onSuccess: stopEditing,
    onError: (error) => toast({ text: messageOf(error) ?? text("notSaved"), tone: "danger" }),
  });
  const save = () => {
    if (message === post.message || message.trim() === "") stopEditing();
    else saving.mutate();
  };
  return (
    <div className={styles.edit}>
      <textarea
        ref={box}
        className={styles.text}
        aria-label={text("editPost")}
        // biome-ignore lint/a11y/noAutofocus: editing was just asked for
        autoFocus
        rows={2}
        value={message}
        onChange={(event) => setMessage(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") stopEditing();
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          save();
        }}
      />
      <div className={styles.deeds}>
        <Button size="s" variant="primary" isPending={saving.isPending} onPress={save}>
          {text("save")}
        </Button>
        <Button size="s" onPress={stopEditing}>
          {text("cancel")}
        </Button>
      </div>
    </div>
  );
}

/**
 * Puts the cursor behind the text, once: later, what is selected stays so. A menu that was just closed gives the
 * focus back to its button; the box takes it after that.
 */
function useCursorAtEnd() {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const end = box.current?.value.length ?? 0;
    box.current?.setSelectionRange(end, end);
    const frame = requestAnimationFrame(() => box.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return box;
}
