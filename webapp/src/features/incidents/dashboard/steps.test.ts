import { expect, test } from "vitest";
import type { Times } from "./questions";
import { daysOf, spreadOf, stageOf, stepNamed, stepsOf } from "./steps";

const reached = { count: 2, median_ms: 5, long_ms: 9 };
const times: Times = {
  incidents: 3,
  first_update: null,
  end: { count: 3, median_ms: 60, long_ms: 90 },
  stages: [{ title: "end", reached }],
};

test("a stage is told apart from the end, whatever its title", () => {
  const steps = stepsOf(times);
  expect(steps).toEqual(["first", "stage:end", "end"]);
  expect(steps.map((step) => spreadOf(times, step)?.median_ms)).toEqual([undefined, 5, 60]);
  expect(steps.map(stageOf)).toEqual([null, "end", null]);
});

test("an address that names no step means the end", () => {
  expect(stepNamed("stage:gone", stepsOf(times))).toBe("end");
  expect(stepNamed("first", stepsOf(times))).toBe("first");
});

test("a month has the days that the calendar gives it", () => {
  expect(daysOf("2024-02")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(daysOf("2026-12")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
});
