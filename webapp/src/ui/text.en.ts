export default {
  cancel: "Cancel",
  close: "Close",
  copied: "Copied",
  copyCode: "Copy code",
  couldNotLoad: "This could not be loaded",
  externalImage: "Image: {address}",
  loading: "Loading…",
  nothingFound: "Nothing found",
  notifications: "Notifications",
  search: "Search",
  tryAgain: "Try again",
  undo: "Undo",
};
