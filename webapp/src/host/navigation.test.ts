import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { navigatorStore, useSearchParam } from "./navigation";

const before = navigatorStore.getState();

afterEach(() => {
  cleanup();
  navigatorStore.setState(before);
  window.history.replaceState(null, "", "/");
});

test("of two changes of the address neither is lost, though the first has not been drawn yet", () => {
  navigatorStore.setState({ go: (to) => window.history.replaceState(null, "", to) });
  const step = renderHook(() => useSearchParam("step"));
  const from = renderHook(() => useSearchParam("from"));

  act(() => step.result.current[1]("end"));
  act(() => from.result.current[1]("2026-11-01"));

  expect(window.location.search).toBe("?step=end&from=2026-11-01");
});
