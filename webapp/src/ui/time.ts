import { useSyncExternalStore } from "react";
import { useIntl } from "react-intl";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const QUARTER = 15 * MINUTE;
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

/** What calendar and clock of a time zone (the browser's, if none is named) show at a moment, as if it were UTC. */
function shownIn(timeZone: string | undefined, ms: number): number {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat("en", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    calendars.set(timeZone, calendar);
  }
  const parts = new Map(calendar.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  // Not Date.UTC: years that are still being typed, such as 20, are years of the first century.
  const day = new Date(0).setUTCFullYear(part("year"), part("month") - 1, part("day"));
  return day + part("hour") * HOUR + part("minute") * MINUTE + part("second") * SECOND;
}

/** The calendar day of a moment in a time zone, counted from 1970. */
export function dayNumber(ms: number, timeZone: string | undefined): number {
  return Math.floor(shownIn(timeZone, ms) / DAY);
}

/** How far a time zone's clocks are ahead of UTC at a moment. */
export function zoneOffset(ms: number, timeZone: string | undefined): number {
  return shownIn(timeZone, ms) - Math.floor(ms / SECOND) * SECOND;
}

/** When a day such as "2026-11-28", or one some days later, begins in a time zone. */
export function dayStart(day: string, timeZone: string | undefined, daysLater = 0): number {
  const midnight = Date.parse(day) + daysLater * DAY;
  // Clocks may be changed near midnight, or at it: then that day has none, or two.
  const moments = [-DAY, DAY].map((near) => midnight - zoneOffset(midnight + near, timeZone));
  return Math.min(...moments.filter((ms) => shownIn(timeZone, ms) >= midnight));
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
    // No day begins within a quarter of an hour: most posts that follow one another need no calendar.
    isSameDay: (one: number, other: number) =>
      Math.floor(one / QUARTER) === Math.floor(other / QUARTER) || day(one) === day(other),
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
