import { expect, test } from "vitest";
import { dayNumber, durationText } from "./time";

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
