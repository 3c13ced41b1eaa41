import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  cancel: "Abbrechen",
  close: "Schließen",
  copied: "Kopiert",
  copyCode: "Code kopieren",
  couldNotLoad: "Das konnte nicht geladen werden",
  externalImage: "Bild: {address}",
  loading: "Wird geladen …",
  nothingFound: "Nichts gefunden",
  notifications: "Meldungen",
  search: "Suchen",
  tryAgain: "Noch einmal versuchen",
  undo: "Rückgängig",
};

export default de;
