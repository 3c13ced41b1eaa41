import { announce } from "@react-aria/live-announcer";
import { X } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";
import { create } from "zustand";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import { useUiText } from "./text";
import styles from "./toasts.module.css";

export interface Toast {
  text: string;
  tone?: "info" | "danger";
  /** Takes the deed back; its button says Undo. */
  onUndo?: () => void;
}

interface Shown extends Toast {
  id: number;
}

const SHOWN_MS = 5_000;
const SHOWN_WITH_UNDO_MS = 10_000;
/** How often what is left of a toast's time is counted down: a page that stands still counts once, however long. */
const COUNTED_EVERY_MS = 250;
const MOST_AT_ONCE = 3;

const useToasts = create<{ shown: readonly Shown[] }>(() => ({ shown: [] }));
let next = 1;

/** Say something in a corner of the screen for a few seconds in which it can be seen, and to screen readers. */
export function toast(what: Toast): void {
  const id = next++;
  useToasts.setState(({ shown }) => ({ shown: [...shown, { ...what, id }].slice(-MOST_AT_ONCE) }));
  announce(what.text, what.tone === "danger" ? "assertive" : "polite");
}

/** Tell screen readers alone: changes made by others that are seen on the screen anyway. */
export function announcePolitely(text: string): void {
  announce(text, "polite");
}

function dismiss(id: number): void {
  useToasts.setState(({ shown }) => ({ shown: shown.filter((one) => one.id !== id) }));
}

/** Where toasts appear: stands once, at the root. */
export function Toasts() {
  const shown = useToasts((state) => state.shown);
  const corner = useRef<HTMLElement>(null);
  const text = useUiText();
  useEffect(() => {
    // The first announcement comes a tenth of a second late, perhaps when what it names is gone: this one is it.
    announce("", "polite");
  }, []);
  return (
    <section ref={corner} className={styles.corner} aria-label={text("notifications")}>
      {shown.map((one) => (
        <ToastCard key={one.id} toast={one} corner={corner} />
      ))}
    </section>
  );
}

/** Whether nobody can see the toasts, or somebody is at one: then they stay. */
function isKept(corner: HTMLElement | null): boolean {
  return document.hidden || Boolean(corner?.querySelector(":hover, :focus-within"));
}

interface ToastCardProps {
  toast: Shown;
  corner: RefObject<HTMLElement | null>;
}

function ToastCard({ toast: { id, text: words, tone = "info", onUndo }, corner }: ToastCardProps) {
  const text = useUiText();
  useEffect(() => {
    let left = onUndo ? SHOWN_WITH_UNDO_MS : SHOWN_MS;
    const timer = setInterval(() => {
      if (!isKept(corner.current)) left -= COUNTED_EVERY_MS;
      if (left <= 0) dismiss(id);
    }, COUNTED_EVERY_MS);
    return () => clearInterval(timer);
  }, [id, onUndo, corner]);
  return (
    <div className={styles.toast} data-tone={tone}>
      <span className={styles.words}>{words}</span>
      {onUndo && (
        <Button
          size="s"
          onPress={() => {
            onUndo();
            dismiss(id);
          }}
        >
          {text("undo")}
        </Button>
      )}
      <IconButton size="s" label={text("close")} icon={<X size={16} />} onPress={() => dismiss(id)} />
    </div>
  );
}
