import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { afterEach, expect, test } from "vitest";
import { cache, keys } from "@/api";
import { Person } from "../Person";
import { useName } from "../useName";
import { originQuery } from "./questions";
import { StrangersOf } from "./Strangers";

afterEach(() => {
  cleanup();
  cache.clear();
});

function Named({ id }: { id: string }) {
  return <p>By {useName(id)}</p>;
}

test("who has no account here is called as the archive calls them", () => {
  cache.setQueryData(originQuery("i").queryKey, {
    standing: "unsigned",
    signer: "",
    server: "",
    digest: "",
    imported_by: "ines",
    imported_at: 1,
    people: [{ id: "k", username: "kim", first_name: "Kim", last_name: "Sato", is_bot: false }],
  });
  cache.setQueryData(keys.user("k"), null);
  cache.setQueryData(keys.user("x"), null);

  render(
    <IntlProvider locale="en" messages={{ "incidents.somebody": "somebody" }}>
      <QueryClientProvider client={cache}>
        <StrangersOf incident="i">
          <Person id="k" />
          <Named id="k" />
          <Named id="x" />
        </StrangersOf>
      </QueryClientProvider>
    </IntlProvider>,
  );

  expect(screen.getByText("Kim Sato")).toBeDefined();
  expect(screen.getByText("By Kim Sato")).toBeDefined();
  expect(screen.getByText("By somebody")).toBeDefined();
});
