export default {
  dismiss: "Close",
  import: "Import Archive",
  imported: "The incident was imported. Its archive: {standing}.",
  importedHow: "Imported from an archive on {date}{server}. The archive: {standing}.",
  notImported: "Nothing was imported: {reason}",
  notReached: "The server could not be reached.",
  onServer: ", made on {server}",
  open: "Open the incident",
  signedBy: "Key of the signer: {signer}",
  standing_intact: "intact, as a known signer has signed it",
  standing_unknown_signer:
    "unknown signer – it is as it was signed, but nobody has said here that this signer is known",
  standing_unsigned: "unsigned – nobody vouches for what it says",
};
