import { describe, expect, it } from "vitest";
import { type Incident, withIncident } from "./ongoing";

const incident = (id: string, create_at: number, is_active = true) =>
  ({ id, create_at, is_active }) as Incident;
const ids = (list: readonly Incident[]) => list.map((one) => one.id);

describe("the list of ongoing incidents", () => {
  const list = [incident("b", 2), incident("a", 1)];

  it("has the newest first, each once", () => {
    expect(ids(withIncident(list, incident("c", 3)))).toEqual(["c", "b", "a"]);
    expect(ids(withIncident(list, incident("a", 1)))).toEqual(["b", "a"]);
  });

  it("loses those that end", () => {
    expect(ids(withIncident(list, incident("b", 2, false)))).toEqual(["a"]);
  });
});
