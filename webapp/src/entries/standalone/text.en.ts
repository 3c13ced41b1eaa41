export default {
  broken: "This page does not work",
  noTeam: "You are in no team yet",
  noTeamWhy: "Ask an administrator to add you to one.",
  notFound: "There is nothing at this address",
  notFoundWhy: "It may have been moved or deleted, or you may not see it.",
  toStart: "Go to the start",
};
