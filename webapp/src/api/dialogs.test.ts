import { beforeEach, describe, expect, it } from "vitest";
import { expectTrigger, socketFeed } from "@/host";
import { dialogStore, hearDialogs } from "./dialogs";

const arrive = (trigger: string) =>
  socketFeed.receive({
    event: "open_dialog",
    data: { dialog: JSON.stringify({ trigger_id: trigger, url: "/x", dialog: { title: trigger } }) },
    broadcast: { channel_id: "", team_id: "", user_id: "" },
  });
const shown = () => dialogStore.getState().open.map((one) => one.dialog.title);

beforeEach(() => {
  dialogStore.setState({ open: [] });
  return hearDialogs();
});

describe("a dialog", () => {
  it("is shown in the tab that asked for it, whichever comes first", () => {
    expectTrigger("answer first");
    arrive("answer first");
    arrive("event first");
    expectTrigger("event first");

    expect(shown()).toEqual(["answer first", "event first"]);
  });

  it("is not shown where nobody asked for it", () => {
    expectTrigger("mine");
    arrive("mine");
    arrive("of another tab");
    expectTrigger("");

    expect(shown()).toEqual(["mine"]);
  });
});
