import { expect, test } from "vitest";
import { figuresIn } from "./questions";

test("plain figures are read, and what has labels or is a comment is passed over", () => {
  const text = '# HELP a_b x\na_b 12.0\nwith_labels{x="1"} 3.0\nbig 1.5e+06\n';
  expect([...figuresIn(text)]).toEqual([
    ["a_b", 12],
    ["big", 1_500_000],
  ]);
});
