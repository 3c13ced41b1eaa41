import type { DialogElement } from "@mattermost/types/integrations";
import { describe, expect, it } from "vitest";
import { faultsIn, submissionOf, valuesAtFirst } from "./values";

const field = (more: Partial<DialogElement>): DialogElement => ({
  display_name: "Field",
  name: "field",
  type: "text",
  subtype: "",
  default: "",
  placeholder: "",
  help_text: "",
  optional: false,
  min_length: 0,
  max_length: 0,
  data_source: "",
  options: [],
  ...more,
});

const options = [{ text: "One", value: "1" }];

describe("a field of a dialog", () => {
  it.each([
    [{}, "", "required"],
    [{}, "   ", "required"],
    [{ optional: true }, "", undefined],
    [{ min_length: 3 }, "ab", "minLength"],
    [{ optional: true, min_length: 3 }, "", undefined],
    [{ type: "textarea", min_length: 3 }, "abc", undefined],
    [{ subtype: "email" }, "ana@example.com", undefined],
    [{ subtype: "email" }, "ana", "email"],
    [{ subtype: "number" }, "1.5", undefined],
    [{ subtype: "number" }, "many", "number"],
    [{ subtype: "url" }, "https://example.com", undefined],
    [{ subtype: "url" }, "example.com", "url"],
    [{ type: "select", options }, null, "required"],
    [{ type: "select", options }, "1", undefined],
    [{ type: "select", options }, "2", "option"],
    [{ type: "select", data_source: "users" }, "somebody's id", undefined],
    [{ type: "radio", options }, null, "required"],
    [{ type: "bool" }, false, "required"],
    [{ type: "bool", optional: true }, false, undefined],
  ] as const)("%o with %o has the fault %s", (element, value, fault) => {
    const found = faultsIn([field(element as Partial<DialogElement>)], { field: value });
    expect(found.field?.message).toBe(fault);
  });

  it("begins with its default, if that is one of its options", () => {
    const elements = [
      field({ name: "text", default: "words" }),
      field({ name: "tick", type: "bool", default: "true" }),
      field({ name: "choice", type: "select", options, default: "1" }),
      field({ name: "wrong", type: "select", options, default: "7" }),
    ];
    expect(valuesAtFirst(elements)).toEqual({ text: "words", tick: true, choice: "1", wrong: null });
  });

  it("is sent as a number if it asks for one", () => {
    const elements = [field({ name: "n", subtype: "number" }), field({ name: "none", subtype: "number" })];
    expect(submissionOf(elements, { n: "12", none: "" })).toEqual({ n: 12, none: null });
  });
});
