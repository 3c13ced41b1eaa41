import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  bot: "Bot",
  channelMissing: "Dieser Kanal ist nicht zu finden",
  channelMissingWhy: "Vielleicht ist er privat, archiviert oder heißt anders.",
  channels: "Kanäle",
  closePanel: "Seitenleiste schließen",
  connectionLost: "Verbindung verloren. Der Server wird wieder gesucht …",
  directMessages: "Direktnachrichten",
  loading: "Wird geladen …",
  mainMenu: "Hauptmenü",
  mentions: "{count, plural, one {# Erwähnung} other {# Erwähnungen}}",
  openSidebar: "Kanäle zeigen",
  otherTeams: "Deine Teams ansehen",
  panel: "Einzelheiten",
  panelNarrower: "Leiste schmaler",
  panelWider: "Leiste breiter",
  posts: "Nachrichten",
  postMenu: "Mehr zu dieser Nachricht",
  send: "Senden",
  sendFailed: "Die Nachricht wurde nicht gesendet. Sie steht noch im Feld.",
  sidebar: "Team und Kanäle",
  signOut: "Abmelden",
  skipToPage: "Zum Inhalt springen",
  someone: "Jemand",
  system: "System",
  teamUnknown: "Dieses Team ist nicht zu finden",
  teamUnknownWhy: "Vielleicht gehörst du nicht dazu, oder die Adresse stimmt nicht.",
  writeTo: "Nachricht an {name}",
};

export default de;
