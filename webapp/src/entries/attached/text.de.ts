import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  beside: "Was zu tun ist",
  signInTitle: "Command Post",
  signIn: "Mit Mattermost anmelden",
  signInWhy: "Incidents, Playbooks und Reviews deiner Teams in Mattermost, mit deinem Konto dort.",
  notSignedIn: "Die Anmeldung ist nicht gelungen. Bitte versuche es noch einmal.",
  notSetUp: "Hier kann sich noch niemand anmelden: `commandpost attach --pages-url` richtet es ein.",
  team: "Team",
  toMattermost: "Mattermost öffnen",
  signOut: "Abmelden",
  signOutFailed: "Die Abmeldung ist nicht gelungen. Bitte versuche es noch einmal.",
  noTeams: "Du bist in keinem Team",
  noTeamsWhy: "Tritt in Mattermost einem Team bei und komm dann wieder.",
  connectionLost: "Keine Verbindung. Was du siehst, ist vielleicht nicht mehr aktuell.",
};

export default de;
