import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  incidents: "Vorfälle",
  playbooks: "Playbooks und Vorfälle",
  startIncident: "Vorfall starten",
  broken: "Das funktioniert nicht",
  connectionLost: "Keine Verbindung zu Command Post: Was du siehst, kann veraltet sein.",
  reload: "Neu laden",
};

export default de;
