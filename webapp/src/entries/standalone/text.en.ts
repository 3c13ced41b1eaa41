export default {
  broken: "This page does not work",
  notFound: "There is nothing at this address",
  notFoundWhy: "It may have been moved or deleted, or you may not see it.",
  toStart: "Go to the start",
};
