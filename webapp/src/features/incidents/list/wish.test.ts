import { expect, test } from "vitest";
import { questionOf, type Wish, wishIn, writtenWish } from "./wish";

const plain: Wish = wishIn("");

test("what the address says is read as it was written", () => {
  const wish: Wish = {
    search: "50% & more",
    commander: "9ytk1s5yepdnz8wq6cmrh3buoa",
    status: "Ended",
    playbook: "7w67egx5wmoi73wna5ighsfzyy",
    from: "2026-11-01",
    to: "2026-11-28",
    everyone: true,
    sort: { column: "name", direction: "asc" },
    page: 2,
  };

  expect(wishIn(writtenWish(wish))).toEqual(wish);
});

test("what goes without saying is not written", () => {
  expect(writtenWish(plain)).toBe("");
  expect(plain).toMatchObject({ everyone: false, page: 0, sort: { column: "start", direction: "desc" } });
});

test("nonsense in the address is as if it were not there", () => {
  expect(wishIn("?status=lost&from=soon&to=2026-99-99&sort=colour&page=-3")).toEqual(plain);
  expect(wishIn("?page=x&playbook=outage&commander=%2e%2e/ana")).toEqual(plain);
});

test("one's own are asked for, unless all are wanted", () => {
  expect(questionOf(plain, "team", "me", "UTC")).toEqual({
    team_id: "team",
    page: "0",
    per_page: "15",
    sort: "create_at",
    direction: "desc",
    member_id: "me",
  });
  expect(questionOf({ ...plain, everyone: true }, "team", "me", "UTC")).not.toHaveProperty("member_id");
});

test("both days are included whole, as days of the time zone", () => {
  const asked = questionOf({ ...plain, from: "2026-11-27", to: "2026-11-27" }, "team", "me", "Asia/Tokyo");

  expect(Number(asked.started_from)).toBe(Date.UTC(2026, 10, 26, 15));
  expect(Number(asked.started_before)).toBe(Date.UTC(2026, 10, 27, 15));
});
