import { flatten, type Messages, type Texts } from "./texts";

/** The languages there are; each comes as one file, fetched at the start. English stands in for what has none. */
const LANGUAGES: Record<string, () => Promise<{ default: Texts }>> = {
  en: () => import("./languages/en"),
  de: () => import("./languages/de"),
};

export interface Language {
  /** The reader's own locale, for dates and numbers: "de-AT". */
  locale: string;
  messages: Messages;
}

/** The first of the browser's languages that we speak. */
export async function spokenLanguage(): Promise<Language> {
  for (const locale of navigator.languages) {
    const load = LANGUAGES[locale.split("-")[0] ?? ""];
    if (load) return { locale, messages: flatten((await load()).default) };
  }
  return { locale: "en", messages: flatten((await import("./languages/en")).default) };
}
