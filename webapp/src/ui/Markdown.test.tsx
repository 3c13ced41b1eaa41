import { render } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { expect, test } from "vitest";
import { Markdown, type MarkdownProps } from "./Markdown";
import en from "./text.en";

function shown(markdown: string, props: Omit<MarkdownProps, "children"> = {}): HTMLElement {
  const messages = Object.fromEntries(Object.entries(en).map(([key, text]) => [`ui.${key}`, text]));
  return render(
    <IntlProvider locale="en" messages={messages}>
      <Markdown {...props}>{markdown}</Markdown>
    </IntlProvider>,
  ).container;
}

test("people are marked, and what stands around them stays", () => {
  const page = shown("Hello @ana.b. Look: ~town-square");

  expect(page.textContent).toBe("Hello @ana.b. Look: ~town-square");
  expect(page.querySelector("b")?.textContent).toBe("@ana.b");
});

test("HTML stays text, and addresses that run something lead nowhere", () => {
  const page = shown("<img src=x onerror=alert(1)> [run](javascript:alert(1))");

  expect(page.querySelector("img")).toBeNull();
  expect(page.textContent).toContain("<img src=x");
  expect(page.querySelector("a")?.getAttribute("href")).toBe("");
  for (const address of [
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "JaVaScript&colon;alert(1)",
    "java\u202escript:alert(1)",
    "file:///etc/passwd",
  ]) {
    const link = shown(`[run](<${address}>)`).querySelector("a");
    expect(link?.getAttribute("href") ?? "", address).not.toMatch(/^\s*(data|vbscript|java.?script|file):/i);
  }
});

test("a picture from elsewhere is a link, so that nobody learns that it was seen", () => {
  const page = shown("![a cat](https://elsewhere.example/cat.png)");

  expect(page.querySelector("img")).toBeNull();
  expect(page.querySelector("a")?.getAttribute("href")).toBe("https://elsewhere.example/cat.png");
});

test("a line break is kept, and ~one~ tilde strikes nothing through", () => {
  const page = shown("one\ntwo ~three~");

  expect(page.querySelectorAll("br")).toHaveLength(1);
  expect(page.querySelector("del")).toBeNull();
});

test("in one line blocks leave what is in them", () => {
  const page = shown("# Restart `db` **now**\n- [it](https://example.com)", { inline: true });

  expect(page.querySelector("h1, ul, li")).toBeNull();
  expect(page.textContent).toContain("Restart db now");
  expect([...page.querySelectorAll("code, strong, a")].map((one) => one.textContent)).toEqual([
    "db",
    "now",
    "it",
  ]);
});
