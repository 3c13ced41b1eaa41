import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { afterEach, expect, test } from "vitest";
import { cache } from "@/api";
import { placeStore } from "@/host";
import incidents from "../text.en";
import { GapList } from "./GapList";
import type { Cause, Review } from "./questions";
import en from "./text.en";

const MINUTE = 60_000;

afterEach(cleanup);

function shown(causes: Cause[]): HTMLElement {
  placeStore.setState({ team: { id: "t", name: "ops", displayName: "Ops" } });
  const rooms = { review: en, incidents };
  const messages = Object.fromEntries(
    Object.entries(rooms).flatMap(([room, words]) =>
      Object.entries(words).map(([key, text]) => [`${room}.${key}`, text]),
    ),
  );
  const gap = {
    from_at: 0,
    to_at: 40 * MINUTE,
    from_sequence: 1,
    to_sequence: 4,
    task_id: "x",
    title: "Roll back",
    threshold_ms: 5 * MINUTE,
    sentence: "",
    causes,
  };
  const post = { sequence: 2, kind: "post_seen", version: 1, actor_id: "", at: 0, payload: {} };
  const review: Review = {
    incident_id: "i",
    is_ended: true,
    ongoing_ms: 60 * MINUTE,
    median_ms: MINUTE,
    past_runs: 0,
    fewest_people: 3,
    stages: [],
    people: [],
    gaps: [gap],
    passed_stages: [],
    skipped: [],
    late: [],
    repeated: [],
    by_hand: [],
    entries: [post],
  };
  render(
    <IntlProvider locale="en" messages={messages}>
      <QueryClientProvider client={cache}>
        <GapList review={review} />
      </QueryClientProvider>
    </IntlProvider>,
  );
  return screen.getByRole("region", { name: "Gaps" });
}

const quiet: Cause = {
  cause: "no_activity",
  detail: "",
  score: 0.6,
  sentence: "Said by the server.",
  from_at: 0,
  to_at: 30 * MINUTE,
  user_ids: [],
  count: 0,
  evidence: [{ sequence: 2, at: 0, user_id: "", status: "" }],
};

test("a cause is said in words, and what it rests on leads to the log", () => {
  const list = shown([quiet]);

  expect(within(list).getByRole("heading", { level: 3 }).textContent).toBe("40m before “Roll back”");
  expect(list.textContent).toContain("Nobody did anything for 30m.");
  expect(list.textContent).toContain("Some evidence");
  expect(list.querySelector("a")?.getAttribute("href")).toContain("/incidents/i?event=2");
});

test("a gap without a cause is said to be unexplained", () => {
  expect(shown([]).textContent).toContain("Unexplained: nothing on record says why.");
});

test("a cause that is new to us speaks the server's words", () => {
  expect(shown([{ ...quiet, cause: "moon_phase" }]).textContent).toContain("Said by the server.");
});
