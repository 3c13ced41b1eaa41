export default {
  signInTitle: "Command Post",
  signIn: "Sign in with Mattermost",
  signInWhy: "Incidents, playbooks and reviews of your Mattermost teams, with your account there.",
  notSignedIn: "Signing in did not work. Please try again.",
  notSetUp: "Nobody can sign in here yet: an administrator runs `commandpost attach --pages-url`.",
  team: "Team",
  toMattermost: "Open Mattermost",
  signOut: "Sign out",
  signOutFailed: "Signing out did not work. Please try again.",
  noTeams: "You are in no team",
  noTeamsWhy: "Join a team in Mattermost, then come back.",
  connectionLost: "No connection. What you see may be out of date.",
};
