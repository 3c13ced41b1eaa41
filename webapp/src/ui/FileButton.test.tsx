import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { FileButton } from "./FileButton";

afterEach(cleanup);

/** How often the browser was asked to let a file be chosen. */
function choosing() {
  return vi.spyOn(HTMLInputElement.prototype, "click").mockClear();
}

test("the button lets a file be chosen, and hands it over", async () => {
  const onFile = vi.fn();
  const chosen = choosing();
  const { container } = render(
    <FileButton accept={[".zip"]} onFile={onFile}>
      Import
    </FileButton>,
  );
  const archive = new File(["words"], "incident.zip");

  await userEvent.click(screen.getByRole("button", { name: "Import" }));
  expect(chosen).toHaveBeenCalledOnce();
  await userEvent.upload(container.querySelector("input") as HTMLInputElement, archive);

  expect(onFile).toHaveBeenCalledExactlyOnceWith(archive);
});

test("while one is on its way no other is chosen", async () => {
  const chosen = choosing();
  render(
    <FileButton accept={[".zip"]} onFile={() => undefined} isPending>
      Import
    </FileButton>,
  );

  await userEvent.click(screen.getByRole("button"));

  expect(chosen).not.toHaveBeenCalled();
});
