import { ShieldCheck } from "lucide-react";
import { createElement } from "react";
import { type Feature, navigate, useMe } from "@/host";
import { useAdministrationText } from "./text";

/** What only system administrators do. */
export const administration: Feature = {
  pages: [{ path: "/admin", frame: "person", load: () => import("./AdministrationPage") }],
  mainMenuEntries: [
    {
      id: "administration",
      icon: createElement(ShieldCheck, { size: 16 }),
      useText: () => useAdministrationText()("administration"),
      useIsShown: () => useMe().isAdmin,
      onAction: () => navigate("/admin"),
    },
  ],
};
