import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Calm } from "./calm";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("what is told often is asked about at once, and then once a second", () => {
  const asked: string[] = [];
  const calm = new Calm((id) => asked.push(id));

  for (const id of ["a", "a", "a", "b"]) calm.ask(id);
  expect(asked).toEqual(["a", "b"]);
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual(["a", "b", "a"]);
  vi.advanceTimersByTime(5_000);
  expect(asked).toHaveLength(3);
  calm.end();
});
