import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  loginId: "Benutzername oder E-Mail-Adresse",
  password: "Passwort",
  signIn: "Anmelden",
  signInFailed: "Niemand war zu erreichen. Prüfe die Verbindung und versuche es noch einmal.",
  signInTitle: "Bei Command Post anmelden",
};

export default de;
