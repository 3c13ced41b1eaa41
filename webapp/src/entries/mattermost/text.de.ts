import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  incidents: "Vorfälle",
  playbooks: "Playbooks und Vorfälle",
  startIncident: "Vorfall starten",
  broken: "Das funktioniert nicht",
  connectionLost: "Keine Live-Verbindung: Änderungen anderer sind erst nach einigen Sekunden zu sehen.",
  reload: "Neu laden",
};

export default de;
