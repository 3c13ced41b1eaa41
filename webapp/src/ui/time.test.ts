import { expect, test } from "vitest";
import { dayNumber, dayStart, durationText, zoneOffset } from "./time";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, "< 1m"],
  [59_999, "< 1m"],
  [15 * MINUTE, "15m"],
  [3 * HOUR, "3h"],
  [2 * HOUR + 45 * MINUTE + 59_999, "2h 45m"],
  [DAY, "1d"],
  [4 * DAY + 15 * MINUTE, "4d 15m"],
  [20 * DAY + 3 * HOUR, "20d 3h"],
  [30 * DAY + 10 * HOUR + 59 * MINUTE, "30d 10h 59m"],
  [365 * DAY, "365d"],
])("%d ms are told as %s", (ms, told) => expect(durationText(ms)).toBe(told));

test.each([
  [-1, "0s"],
  [12_999, "12s"],
  [5 * MINUTE, "5m"],
  [5 * MINUTE + 7_000, "5m 7s"],
  [HOUR + 7_000, "1h"],
])("with seconds, %d ms are told as %s", (ms, told) =>
  expect(durationText(ms, { seconds: true })).toBe(told),
);

test("a moment is on another day elsewhere", () => {
  const lateInLondon = Date.UTC(2026, 10, 28, 23, 30);

  expect(dayNumber(lateInLondon, "Europe/Berlin") - dayNumber(lateInLondon, "Europe/London")).toBe(1);
  expect(dayNumber(lateInLondon, "America/New_York")).toBe(dayNumber(lateInLondon, "UTC"));
});

test.each([
  ["UTC", Date.UTC(2026, 10, 28)],
  ["Europe/Berlin", Date.UTC(2026, 10, 27, 23)],
  ["America/New_York", Date.UTC(2026, 10, 28, 5)],
  ["Asia/Kolkata", Date.UTC(2026, 10, 27, 18, 30)],
  ["Pacific/Kiritimati", Date.UTC(2026, 10, 27, 10)],
])("a day begins in %s", (zone, begins) => expect(dayStart("2026-11-28", zone)).toBe(begins));

test("a day is as long as the clocks make it", () => {
  const hours = (day: string, zone: string) => (dayStart(day, zone, 1) - dayStart(day, zone)) / HOUR;

  expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
  expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
  // Here clocks are changed at midnight.
  expect(hours("2026-09-06", "America/Santiago")).toBe(23);
  expect(hours("2026-04-04", "America/Santiago")).toBe(25);
  expect(hours("2026-11-01", "America/Havana")).toBe(25);
});

test("clocks are ahead of UTC, or behind it", () => {
  const noon = Date.UTC(2026, 6, 1, 12, 0, 0, 500);

  expect(zoneOffset(noon, "Europe/Berlin")).toBe(2 * HOUR);
  expect(zoneOffset(noon, "America/New_York")).toBe(-4 * HOUR);
  expect(zoneOffset(noon, undefined) + new Date(noon).getTimezoneOffset() * MINUTE).toBe(0);
});

test("a year that is still being typed is one", () => {
  expect(dayStart("0020-11-28", "UTC")).toBe(Date.parse("0020-11-28"));
});
