import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { IntlProvider } from "react-intl";
import { afterEach, expect, test, vi } from "vitest";
import { ComboBox } from "./Select";
import en from "./text.en";

const MESSAGES = Object.fromEntries(Object.entries(en).map(([key, words]) => [`ui.${key}`, words]));

const ROOMS = Array.from({ length: 10_000 }, (_, number) => ({ id: `id${number}`, text: `Room ${number}` }));

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Rooms({ first = null }: { first?: string | null }) {
  const [room, setRoom] = useState(first);
  return (
    <IntlProvider locale="en" messages={MESSAGES}>
      <ComboBox label="Room" options={ROOMS} selected={room} onSelect={setRoom} />
      <output>{room}</output>
    </IntlProvider>
  );
}

test("of thousands the first are drawn, and each is found and chosen", async () => {
  const user = userEvent.setup();
  render(<Rooms />);

  await user.click(screen.getByRole("combobox"));
  expect(screen.getAllByRole("option")).toHaveLength(100);
  expect(screen.getByText("The first 100 are shown. Type to find others.")).toBeTruthy();
  await user.type(screen.getByRole("combobox"), "room 9876");
  expect(screen.queryByText(/Type to find others/)).toBeNull();
  await user.click(screen.getByRole("option", { name: "Room 9876" }));

  expect(screen.getByRole("status").textContent).toBe("id9876");
});

test("what is chosen stands in the box, though it is far down", async () => {
  const user = userEvent.setup();
  render(<Rooms first="id9999" />);
  const box = screen.getByRole<HTMLInputElement>("combobox");
  expect(box.value).toBe("Room 9999");

  await user.type(box, "room 12", { initialSelectionStart: 0, initialSelectionEnd: box.value.length });
  await user.tab();

  expect(box.value).toBe("Room 9999");
});

test.each([null, "id7"])(
  "when the page is scrolled what is typed stays, and the list as long as its box is in sight (chosen: %s)",
  async (chosen) => {
    const user = userEvent.setup();
    render(<Rooms first={chosen} />);
    const box = screen.getByRole<HTMLInputElement>("combobox");
    const thereNow = vi.spyOn(document, "elementsFromPoint");

    await user.type(box, "r", { initialSelectionStart: 0, initialSelectionEnd: box.value.length });
    thereNow.mockReturnValue([screen.getByRole("listbox"), box]);
    fireEvent.scroll(document);
    expect(screen.getByRole("listbox")).toBeTruthy();
    await user.keyboard("o");
    thereNow.mockReturnValue([document.body]);
    fireEvent.scroll(document);
    expect(screen.queryByRole("listbox")).toBeNull();
    await user.keyboard("om");

    expect(screen.getByRole("listbox")).toBeTruthy();
    expect(box.value).toBe("room");
  },
);

test("a screen reader's way out closes the list, though the box keeps the focus", async () => {
  const user = userEvent.setup();
  render(<Rooms />);
  const box = screen.getByRole<HTMLInputElement>("combobox");
  vi.spyOn(document, "elementsFromPoint").mockReturnValue([box]);
  await user.type(box, "r");

  const [leave] = screen.getAllByRole("button", { name: "Dismiss" });
  if (leave) fireEvent.click(leave);

  expect(document.activeElement).toBe(box);
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(box.value).toBe("r");
});
