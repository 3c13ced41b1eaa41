import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  broken: "Diese Seite funktioniert nicht",
  notFound: "An dieser Adresse ist nichts",
  notFoundWhy: "Vielleicht wurde es verschoben oder gelöscht, oder du darfst es nicht sehen.",
  toStart: "Zum Anfang",
};

export default de;
