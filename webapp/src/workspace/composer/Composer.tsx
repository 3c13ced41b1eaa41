import { useMutation } from "@tanstack/react-query";
import { Paperclip, SendHorizontal, Smile, X } from "lucide-react";
import { useId, useLayoutEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { changeDraft, messageOf, sendPost, tellTyping, useDraft } from "@/api";
import { useMe, useTeam } from "@/host";
import { IconButton, Spinner, toast } from "@/ui";
import { EmojiPicker } from "../emoji/EmojiPicker";
import { editLastOf } from "../posts/editLast";
import { useWorkspaceText } from "../text";
import styles from "./Composer.module.css";
import { runCommand } from "./command";
import { useFileDrop } from "./fileDrop";
import { SuggestionList } from "./SuggestionList";
import { type Suggestion, useSuggestions } from "./suggestions";
import { TypingLine } from "./TypingLine";
import { useUploads } from "./uploads";
import { completed, wordAt } from "./wordAt";

interface ComposerProps {
  channelId: string;
  /** The thread that is replied to; "" for the channel itself. */
  rootId?: string;
  /** The box's name, such as "Write to Town Square". */
  label: string;
}

const byFinger = window.matchMedia("(pointer: coarse)");

/** The box in which a post is written. What is in it is kept as a draft until it is sent. */
export function Composer({ channelId, rootId = "", label }: ComposerProps) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const place = rootId === "" ? channelId : `thread ${rootId}`;
  const draft = useDraft(place);
  const box = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(place, channelId, (name) => text("uploadFailed", { name }));
  useFileDrop(box, (files) => void uploads.upload(files));
  const completion = useCompletion(draft.message, channelId, rootId);

  const write = (message: string, cursor: number | null) => {
    changeDraft(place, (before) => ({ ...before, message }));
    completion.moved(cursor ?? message.length);
    if (message !== "" && !message.startsWith("/")) tellTyping(channelId, rootId);
  };
  const moveCursor = useCursor(box);
  const insert = (message: string, cursor: number) => {
    write(message, cursor);
    moveCursor(cursor);
  };
  const choose = (suggestion: Suggestion) => {
    if (!completion.word) return;
    const after = completed(draft.message, completion.word, suggestion.insert);
    insert(after.text, after.cursor);
  };

  const command = useMutation({
    mutationFn: (written: string) => runCommand(written, channelId, team.id, rootId),
    onError: (error, written) => {
      changeDraft(place, (before) => (before.message === "" ? { ...before, message: written } : before));
      toast({ text: messageOf(error) ?? text("notSent"), tone: "danger" });
    },
  });
  const canSend = (draft.message.trim() !== "" || draft.files.length > 0) && uploads.names.length === 0;
  const submit = () => {
    if (!canSend) return;
    changeDraft(place, () => ({ message: "", files: [] }));
    completion.moved(0);
    if (draft.message.startsWith("/")) command.mutate(draft.message.trim());
    else void sendPost({ channelId, rootId, message: draft.message, files: draft.files }, me.id);
  };

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (completion.keyDown(event, choose)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !byFinger.matches) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && draft.message === "" && editLastOf(channelId, rootId, me.id)) {
      event.preventDefault();
    }
  };

  return (
    <div className={styles.composer}>
      <fieldset className={styles.box} aria-label={label}>
        {completion.isOpen && (
          <SuggestionList
            id={completion.id}
            suggestions={completion.suggestions}
            chosen={completion.chosen}
            onChoose={choose}
          />
        )}
        {(draft.files.length > 0 || uploads.names.length > 0) && (
          <ul className={styles.files}>
            {draft.files.map((file) => (
              <li key={file.id} className={styles.file}>
                <span className={styles.fileName}>{file.name}</span>
                <IconButton
                  size="s"
                  label={text("removeFile", { name: file.name })}
                  icon={<X size={14} />}
                  onPress={() =>
                    changeDraft(place, (before) => ({
                      ...before,
                      files: before.files.filter((one) => one.id !== file.id),
                    }))
                  }
                />
              </li>
            ))}
            {uploads.names.map((name) => (
              <li key={name} className={styles.file}>
                <Spinner size="s" />
                <span className={styles.fileName}>{name}</span>
              </li>
            ))}
          </ul>
        )}
        <textarea
          ref={box}
          className={styles.text}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-controls={completion.isOpen ? completion.id : undefined}
          aria-activedescendant={completion.isOpen ? `${completion.id}-${completion.chosen}` : undefined}
          data-composer={rootId === "" ? "channel" : "thread"}
          rows={1}
          maxLength={16_383}
          value={draft.message}
          onChange={(event) => write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => completion.moved(event.currentTarget.selectionStart)}
          onBlur={completion.close}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            void uploads.upload(event.clipboardData.files);
          }}
        />
        <div className={styles.tools}>
          <FileTrigger allowsMultiple onSelect={(files) => files && void uploads.upload(files)}>
            <IconButton size="s" label={text("attach")} icon={<Paperclip size={17} />} />
          </FileTrigger>
          <EmojiPicker
            size="s"
            label={text("insertEmoji")}
            icon={<Smile size={17} />}
            onPick={(_, unicode) => {
              const at = box.current?.selectionStart ?? draft.message.length;
              insert(draft.message.slice(0, at) + unicode + draft.message.slice(at), at + unicode.length);
            }}
          />
          <span className={styles.gap} />
          <IconButton
            size="s"
            label={text("send")}
            icon={<SendHorizontal size={17} />}
            isOn={canSend}
            isDisabled={!canSend}
            onPress={submit}
          />
        </div>
      </fieldset>
      <TypingLine channelId={channelId} rootId={rootId} />
    </div>
  );
}

/** Puts the cursor somewhere after the next drawing, when the text is there. */
function useCursor(box: React.RefObject<HTMLTextAreaElement | null>): (to: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    box.current?.focus();
    box.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  return (to) => {
    wanted.current = to;
  };
}

/** The list of suggestions: what is in it, which is chosen, and the keys it takes from the box. */
function useCompletion(message: string, channelId: string, rootId: string) {
  const id = useId();
  const [cursor, setCursor] = useState<number | null>(null);
  const [choice, setChoice] = useState({ term: "", at: 0 });
  const [dismissed, setDismissed] = useState("");
  const word = cursor === null ? null : wordAt(message, cursor);
  const suggestions = useSuggestions(word, channelId, rootId);
  const isOpen =
    word !== null && suggestions.length > 0 && dismissed !== word.term && !isWhole(message, suggestions);
  const chosen = choice.term === word?.term ? Math.min(choice.at, suggestions.length - 1) : 0;

  function keyDown(event: React.KeyboardEvent, choose: (suggestion: Suggestion) => void): boolean {
    const suggestion = suggestions[chosen];
    if (!isOpen || !word || !suggestion) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      setChoice({ term: word.term, at: (chosen + step + suggestions.length) % suggestions.length });
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) choose(suggestion);
    else if (event.key === "Escape") setDismissed(word.term);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return {
    id,
    word,
    suggestions,
    isOpen,
    chosen,
    keyDown,
    moved: (to: number) => setCursor(to),
    close: () => setCursor(null),
  };
}

/** A command that is written to its end needs no list: Enter sends it. */
function isWhole(message: string, suggestions: readonly Suggestion[]): boolean {
  return suggestions.every((one) => one.insert.trim() === message.trim());
}
