import { useSyncExternalStore } from "react";
import { useIntl } from "react-intl";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * "< 1m", "5m", "3h 4m", "30d 10h 59m": how long something took or has taken, cut off, parts that are none left out.
 * With `seconds`, those are told as well while it is below an hour.
 */
export function durationText(ms: number, { seconds = false } = {}): string {
  if (ms < MINUTE) return seconds ? `${Math.max(0, Math.floor(ms / SECOND))}s` : "< 1m";
  const parts: [number, string][] = [
    [Math.floor(ms / DAY), "d"],
    [Math.floor((ms % DAY) / HOUR), "h"],
    [Math.floor((ms % HOUR) / MINUTE), "m"],
    [seconds && ms < HOUR ? Math.floor((ms % MINUTE) / SECOND) : 0, "s"],
  ];
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(" ");
}

const calendars = new Map<string | undefined, Intl.DateTimeFormat>();

/** The calendar day of a moment in a time zone (the browser's, if none is named), counted from 1970. */
export function dayNumber(ms: number, timeZone: string | undefined): number {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "numeric", day: "numeric" });
    calendars.set(timeZone, calendar);
  }
  const parts = new Map(calendar.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day = 1] = [parts.get("year"), parts.get("month"), parts.get("day")];
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Formats moments in the reader's language and time zone. */
export function useTimeText() {
  const intl = useIntl();
  const day = (ms: number) => dayNumber(ms, intl.timeZone);
  const yearIfOther = (ms: number) =>
    intl.formatDate(ms, { year: "numeric" }) === intl.formatDate(Date.now(), { year: "numeric" })
      ? undefined
      : "numeric";
  return {
    isSameDay: (one: number, other: number) => day(one) === day(other),
    clock: (ms: number) => intl.formatTime(ms, { hour: "numeric", minute: "2-digit" }),
    /** "23 Nov, 13:21" and, in another year, with it. */
    moment: (ms: number) =>
      intl.formatDate(ms, {
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
        year: yearIfOther(ms),
      }),
    /** The clock alone today, the whole moment otherwise. */
    short: (ms: number) =>
      day(ms) === day(Date.now())
        ? intl.formatTime(ms, { hour: "numeric", minute: "2-digit" })
        : intl.formatDate(ms, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }),
    /** "Today", "Yesterday", "Monday, 23 November". */
    day: (ms: number) => {
      const days = day(ms) - day(Date.now());
      if (days === 0 || days === -1) {
        const relative = intl.formatRelativeTime(days, "day", { numeric: "auto" });
        return relative.charAt(0).toLocaleUpperCase(intl.locale) + relative.slice(1);
      }
      return intl.formatDate(ms, {
        weekday: "long",
        month: "long",
        day: "numeric",
        year: yearIfOther(ms),
      });
    },
  };
}

const listeners = new Set<() => void>();
let now = Date.now();
let clock: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  clock ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, SECOND);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(clock);
      clock = undefined;
    }
  };
}

/** The moment, renewed each second while somebody looks; one clock for all. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () =>
    listeners.size > 0 ? now : Date.now() - (Date.now() % SECOND),
  );
}

/** The reader's time zone by name: the one of the profile, else the browser's. */
export function useTimeZone(): string {
  return useIntl().timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
