import { createRoot } from "react-dom/client";
import "@/ui/styles/base.css";
import { setSite } from "@/api";
import { applyTheme, register, SITE } from "@/host";
import { isRightToLeft, spokenLanguage } from "../common/languages";
import { App } from "./App";
import { features } from "./features";

applyTheme();
setSite(SITE);
register(...features);

const root = document.getElementById("root");
if (root) {
  const language = await spokenLanguage();
  document.documentElement.lang = language.locale;
  document.documentElement.dir = isRightToLeft(language.directed) ? "rtl" : "ltr";
  createRoot(root).render(<App language={language} />);
}
