import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cache, changeKnown } from "./cache";

const queryKey = ["rooms"];

let stop = () => {};

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  stop();
  cache.clear();
  vi.useRealTimers();
});

/** A server that is asked how many rooms there are; its answers come when the test lets them. */
function asked({ catchUp }: { catchUp?: () => Promise<void> } = {}) {
  const answers: ((rooms: number) => void)[] = [];
  const queryFn = () => new Promise<number>((resolve) => answers.push(resolve));
  stop = new QueryObserver(cache, { queryKey, queryFn, meta: { catchUp } }).subscribe(() => undefined);
  return {
    count: () => answers.length,
    answer: async (rooms: number) => {
      answers.at(-1)?.(rooms);
      await vi.advanceTimersByTimeAsync(1);
    },
  };
}

const oneMore = () => changeKnown<number>({ queryKey }, (rooms) => rooms + 1);
const askAnew = () => cache.invalidateQueries({ queryKey });

test("what is known changes at once, and is not asked for again", async () => {
  const server = asked();
  await server.answer(1);

  oneMore();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(cache.getQueryData(queryKey)).toBe(2);
  expect(server.count()).toBe(1);
});

test.each([
  ["changes", oneMore],
  ["is to be asked for anew", askAnew],
])("what %s while its first answer is on the way is asked for again", async (_, happens) => {
  const server = asked();

  void happens();
  await server.answer(1);
  await vi.advanceTimersByTimeAsync(10);
  expect(server.count()).toBe(2);
  await server.answer(2);

  expect(cache.getQueryData(queryKey)).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.count()).toBe(2);
});

test("what becomes invalid again while it is being asked for anew is asked for again", async () => {
  const server = asked();
  await server.answer(1);
  void askAnew();

  void cache.invalidateQueries({ queryKey }, { cancelRefetch: false });
  await server.answer(1);
  await vi.advanceTimersByTimeAsync(10);
  await server.answer(2);

  expect(server.count()).toBe(3);
  expect(cache.getQueryData(queryKey)).toBe(2);
});

test("a change outlives a later answer that was given before it", async () => {
  const server = asked();
  await server.answer(1);
  void askAnew();

  oneMore();
  await server.answer(1);
  await vi.advanceTimersByTimeAsync(10);
  await server.answer(2);

  expect(server.count()).toBe(3);
  expect(cache.getQueryData(queryKey)).toBe(2);
});

test("however much is heard, the same is asked for again every two seconds at most", async () => {
  const server = asked();
  for (let second = 0; second < 20; second += 1) {
    oneMore();
    await server.answer(second);
    await vi.advanceTimersByTimeAsync(1_000);
  }

  expect(server.count()).toBeLessThanOrEqual(12);
  expect(server.count()).toBeGreaterThanOrEqual(8);
});

test("what is too much to be asked for anew catches up", async () => {
  const catchUp = vi.fn(async () => undefined);
  const server = asked({ catchUp });

  oneMore();
  await server.answer(1);
  await vi.advanceTimersByTimeAsync(10);

  expect(catchUp).toHaveBeenCalledOnce();
  expect(server.count()).toBe(1);
});
