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
  /** The locale whose direction of writing the page has: the reader's own, even where English stands in for it. */
  directed: string;
}

/** The first of the reader's languages that we speak; the browser's, unless others are given. */
export async function spokenLanguage(wanted: readonly string[] = navigator.languages): Promise<Language> {
  const [first = "en"] = wanted;
  for (const locale of wanted) {
    const load = LANGUAGES[locale.split("-")[0] ?? ""];
    if (load) return language(locale, await load(), first);
  }
  return language("en", await import("./languages/en"), first);
}

function language(locale: string, words: { default: Texts }, first: string): Language {
  return { locale, messages: flatten(words.default), directed: isRightToLeft(first) ? first : locale };
}

const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** Whether a language is written from the right to the left. */
export function isRightToLeft(locale: string): boolean {
  return RIGHT_TO_LEFT.has(locale.split("-")[0] ?? "");
}
