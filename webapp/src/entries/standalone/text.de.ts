import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  broken: "Diese Seite funktioniert nicht",
  noTeam: "Du bist noch in keinem Team",
  noTeamWhy: "Bitte jemanden von der Administration, dich aufzunehmen.",
  notFound: "An dieser Adresse ist nichts",
  notFoundWhy: "Vielleicht wurde es verschoben oder gelöscht, oder du darfst es nicht sehen.",
  toStart: "Zum Anfang",
};

export default de;
