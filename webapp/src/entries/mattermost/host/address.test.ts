import { afterEach, expect, test } from "vitest";
import { addressNow, navigatorStore } from "@/host";
import { hostWindow } from "../surroundings";
import { followAddress } from "./address";

const before = navigatorStore.getState();

afterEach(() => {
  navigatorStore.setState(before);
  delete hostWindow.WebappUtils;
});

test("where one is, is told without the path that Mattermost lives below", () => {
  hostWindow.WebappUtils = {
    browserHistory: {
      location: { pathname: "/office/channels/talk", search: "?from=1" },
      push: () => undefined,
      replace: () => undefined,
      listen: () => () => undefined,
      block: () => () => undefined,
    },
  };

  const leave = followAddress();

  expect(addressNow()).toEqual({ path: "/office/channels/talk", search: "?from=1" });
  expect(navigatorStore.getState().address).toEqual(addressNow());
  leave();
});
