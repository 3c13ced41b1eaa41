import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  charactersLeft: "{count, plural, one {noch # Zeichen} other {noch # Zeichen}}",
  chooseChannel: "Kanal suchen",
  chooseUser: "Person suchen",
  choose: "Auswählen …",
  closedWithChanges: "„{title}“ wurde geschlossen.",
  email: "Bitte eine gültige E-Mail-Adresse angeben.",
  failed: "Das ließ sich nicht senden. Prüfe die Verbindung und versuche es noch einmal.",
  minLength: "Mindestens {count} Zeichen.",
  noChoice: "Keine Auswahl",
  number: "Bitte eine Zahl angeben.",
  option: "Bitte etwas aus der Liste wählen",
  optional: "{label} (freiwillig)",
  preview: "Vorschau",
  previewEmpty: "Noch gibt es nichts zu sehen.",
  required: "Bitte ausfüllen.",
  submit: "Senden",
  url: "Die Adresse muss mit http:// oder https:// beginnen.",
  write: "Schreiben",
};

export default de;
