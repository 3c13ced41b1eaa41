import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  cancel: "Abbrechen",
  close: "Schließen",
  copied: "Kopiert",
  copyCode: "Code kopieren",
  couldNotLoad: "Das konnte nicht geladen werden",
  externalImage: "Bild: {address}",
  loading: "Wird geladen …",
  next: "Weiter",
  nothingFound: "Nichts gefunden",
  notifications: "Meldungen",
  pages: "Seiten",
  partOfTotal: "{first, number} bis {last, number} von insgesamt {total, number}",
  previous: "Zurück",
  search: "Suchen",
  sort: "Sortieren",
  sortedBy: "Sortiert nach {column}",
  tryAgain: "Noch einmal versuchen",
  typeToNarrow: "Gezeigt werden die ersten {count, number}. Tippe, um andere zu finden.",
  undo: "Rückgängig",
};

export default de;
