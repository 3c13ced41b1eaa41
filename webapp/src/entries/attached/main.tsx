import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import "@/ui/styles/base.css";
import { setSite } from "@/api";
import { applyTheme, navigatorStore, register, SITE } from "@/host";
import { Toasts } from "@/ui";
import { isRightToLeft, spokenLanguage } from "../common/languages";
import { Provided } from "../common/Provided";
import { features } from "./features";
import { createRouter } from "./router";

applyTheme();
setSite(SITE);
navigatorStore.setState({ hasChat: false });
register(...features);

const root = document.getElementById("root");
if (root) {
  const language = await spokenLanguage();
  document.documentElement.lang = language.locale;
  document.documentElement.dir = isRightToLeft(language.directed) ? "rtl" : "ltr";
  createRoot(root).render(
    <Provided language={language}>
      <RouterProvider router={createRouter()} />
      <Toasts />
    </Provided>,
  );
}
