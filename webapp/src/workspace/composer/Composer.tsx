import { useMutation } from "@tanstack/react-query";
import { Paperclip, SendHorizontal, Smile, X } from "lucide-react";
import { memo, useId, useLayoutEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { changeDraft, messageOf, sendPost, tellTyping, useDraft } from "@/api";
import { useMe, useTeam } from "@/host";
import { IconButton, Spinner, toast } from "@/ui";
import { EmojiPicker } from "../emoji/EmojiPicker";
import { editLastOf } from "../posts/editLast";
import { useSteady } from "../steady";
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

/** A command on its way, and where it was written: by the time it fails another channel may be shown. */
interface Command {
  written: string;
  to: { place: string; channelId: string; rootId: string };
}

/**
 * The box in which a post is written. What is in it is kept as a draft until it is sent.
 *
 * It stays when another channel is shown, so that it need not be made anew: whatever is kept here, and not with the
 * draft, says of which place it is.
 */
export function Composer({ channelId, rootId = "", label }: ComposerProps) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const place = placeOf(channelId, rootId);
  const draft = useDraft(place);
  const box = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(place, channelId, (name) => text("uploadFailed", { name }));
  const upload = useSteady((files: Iterable<File>) => void uploads.upload(files));
  useFileDrop(box, upload);
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
    mutationFn: ({ written, to }: Command) => runCommand(written, to.channelId, team.id, to.rootId),
    onError: (error, { written, to }) => {
      changeDraft(to.place, (before) => (before.message === "" ? { ...before, message: written } : before));
      toast({ text: messageOf(error) ?? text("notSent"), tone: "danger" });
    },
  });
  const canSend = (draft.message.trim() !== "" || draft.files.length > 0) && uploads.names.length === 0;
  const submit = () => {
    if (!canSend) return;
    changeDraft(place, () => ({ message: "", files: [] }));
    completion.moved(0);
    if (draft.message.startsWith("/"))
      command.mutate({ written: draft.message.trim(), to: { place, channelId, rootId } });
    else void sendPost({ channelId, rootId, message: draft.message, files: draft.files }, me.id);
  };

  const send = useSteady(submit);
  const insertSign = useSteady((unicode: string) => {
    const at = box.current?.selectionStart ?? draft.message.length;
    insert(draft.message.slice(0, at) + unicode + draft.message.slice(at), at + unicode.length);
  });

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
          // Another place, another box: nothing that was typed there can be undone here.
          key={place}
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
            upload(event.clipboardData.files);
          }}
        />
        <Tools canSend={canSend} onFiles={upload} onEmoji={insertSign} onSend={send} />
      </fieldset>
      <TypingLine channelId={channelId} rootId={rootId} />
    </div>
  );
}

interface ToolsProps {
  canSend: boolean;
  onFiles: (files: Iterable<File>) => void;
  onEmoji: (unicode: string) => void;
  onSend: () => void;
}

/** The buttons below the text: what is typed does not draw them again. */
const Tools = memo(function Tools({ canSend, onFiles, onEmoji, onSend }: ToolsProps) {
  const text = useWorkspaceText();
  return (
    <div className={styles.tools}>
      <FileTrigger allowsMultiple onSelect={(files) => files && onFiles(files)}>
        <IconButton size="s" label={text("attach")} icon={<Paperclip size={17} />} />
      </FileTrigger>
      <EmojiPicker
        size="s"
        label={text("insertEmoji")}
        icon={<Smile size={17} />}
        onPick={(_, unicode) => onEmoji(unicode)}
      />
      <span className={styles.gap} />
      <IconButton
        size="s"
        label={text("send")}
        icon={<SendHorizontal size={17} />}
        isOn={canSend}
        isDisabled={!canSend}
        onPress={onSend}
      />
    </div>
  );
});

/** Where a draft belongs. */
function placeOf(channelId: string, rootId: string): string {
  return rootId === "" ? channelId : `thread ${rootId}`;
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
  const place = placeOf(channelId, rootId);
  const [cursor, setCursor] = useState<{ place: string; at: number } | null>(null);
  const [choice, setChoice] = useState({ term: "", at: 0 });
  const [dismissed, setDismissed] = useState("");
  const word = cursor?.place === place ? wordAt(message, cursor.at) : null;
  const suggestions = useSuggestions(word, channelId, rootId);
  const isOpen =
    word !== null &&
    suggestions.length > 0 &&
    dismissed !== `${place} ${word.term}` &&
    !isWhole(message, suggestions);
  const chosen = choice.term === word?.term ? Math.min(choice.at, suggestions.length - 1) : 0;

  function keyDown(event: React.KeyboardEvent, choose: (suggestion: Suggestion) => void): boolean {
    const suggestion = suggestions[chosen];
    if (!isOpen || !word || !suggestion) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      setChoice({ term: word.term, at: (chosen + step + suggestions.length) % suggestions.length });
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) choose(suggestion);
    else if (event.key === "Escape") setDismissed(`${place} ${word.term}`);
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
    moved: (at: number) =>
      setCursor((before) => (before?.place === place && before.at === at ? before : { place, at })),
    close: () => setCursor(null),
  };
}

/** A command that is written to its end needs no list: Enter sends it. */
function isWhole(message: string, suggestions: readonly Suggestion[]): boolean {
  return suggestions.every((one) => one.insert.trim() === message.trim());
}
