import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  dismiss: "Schließen",
  import: "Archiv importieren",
  imported: "Der Vorfall wurde importiert. Sein Archiv: {standing}.",
  importedHow: "Am {date} aus einem Archiv importiert{server}. Das Archiv: {standing}.",
  notImported: "Nichts wurde importiert: {reason}",
  notReached: "Der Server war nicht zu erreichen.",
  onServer: ", erstellt auf {server}",
  open: "Vorfall öffnen",
  signedBy: "Schlüssel des Unterzeichners: {signer}",
  standing_intact: "unversehrt, wie es ein bekannter Unterzeichner signiert hat",
  standing_unknown_signer:
    "unbekannter Unterzeichner – es ist so, wie es signiert wurde, doch niemand hat hier gesagt, dass er bekannt ist",
  standing_unsigned: "nicht signiert – niemand bürgt für das, was darin steht",
};

export default de;
