import { BookOpenCheck } from "lucide-react";
import { createElement } from "react";
import { type Feature, navigate, paths, placeStore } from "@/host";
import { startLive } from "./live";
import { usePlaybooksText } from "./text";

/** Playbooks: the list of those one may use, and the editor. Also the way to them from the main menu. */
export const playbooks: Feature = {
  pages: [
    { path: paths.playbooks(":team"), frame: "team", load: () => import("./PlaybookListPage") },
    { path: paths.playbook(":team", ":id"), frame: "team", load: () => import("./editor/EditorPage") },
  ],
  mainMenuEntries: [
    {
      id: "playbooks",
      icon: createElement(BookOpenCheck, { size: 16 }),
      useText: () => usePlaybooksText()("mainMenu"),
      onAction: () => {
        const team = placeStore.getState().team;
        if (team) navigate(paths.playbooks(team.name));
      },
    },
  ],
  start: startLive,
};
