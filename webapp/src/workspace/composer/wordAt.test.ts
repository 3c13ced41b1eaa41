import { expect, test } from "vitest";
import { completed, wordAt } from "./wordAt";

test.each([
  ["Hello @an", "user", "an", 6],
  ["~", "channel", "", 0],
  ["so :sm", "emoji", "sm", 3],
  ["/incident st", "command", "/incident st", 0],
])("in %s a %s is completed", (text, kind, term, start) => {
  expect(wordAt(text, text.length)).toEqual({ kind, term, start, end: text.length });
});

test.each(["mail me at a@b", "12:30", "x :s", "and /incident", "done"])("in %s nothing is", (text) => {
  expect(wordAt(text, text.length)).toBeNull();
});

test("what is chosen takes the place of what was typed, and the cursor stands after it", () => {
  const text = "Ask @an about it";
  const word = wordAt(text, 7);

  expect(word && completed(text, word, "@ana")).toEqual({ text: "Ask @ana about it", cursor: 9 });
});
