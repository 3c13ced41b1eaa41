/** What the server knows: questions (queries), deeds, and the live events that keep the answers true. */
export { cache, sessionEnded } from "./cache";
export {
  categoriesQuery,
  changeCategory,
  deleteCategory,
  makeCategory,
  moveCategory,
  moveChannel,
  placeChannel,
} from "./categories";
export * from "./channelDeeds";
export * from "./channels";
export { chat, csrfToken, messageOf, ruleOf, setSite, statusOf } from "./client";
export { configQuery } from "./config";
export { type DialogRequest, dialogStore, openDialog, replaceDialog } from "./dialogs";
export { changeDraft, type Draft, useDraft, useHasDraft } from "./drafts";
export { incidentMembersQuery, setIncidentMember } from "./incidentMembers";
export { metadataQuery, type Place, usePlace } from "./incidentPlace";
export { bodyOf, importArchive, incidentApi, incidentApiUrl, Refused, type Wire } from "./incidents";
export { keys } from "./keys";
export { keepCacheLive, onParsed, parsed } from "./live";
export { useIsIn, useIsInNamed, useMyChannel, useMyChannelNamed, useMyRoles } from "./oneChannel";
export {
  type Incident,
  incidentChanged,
  incidentQuery,
  ongoingQuery,
  type Stage,
  type Task,
  useIncidentOfChannel,
  useOngoingIncidents,
} from "./ongoing";
export { deliver, discard, outboxStore, type Pending, sendPost } from "./outbox";
export { type Playbook, playbooksQuery } from "./playbooks";
export { deletePost, editPost, pinPost, react, savePost } from "./postDeeds";
export {
  catchUp,
  changePosts,
  forgetOldest,
  loadAround,
  loadedPost,
  loadLatest,
  loadNewer,
  loadOlder,
  pinnedQuery,
  postQuery,
  postsQuery,
  threadQuery,
} from "./posts";
export { inOrder, type PostWindow } from "./postWindow";
export { preferencesQuery, savePreference, usePreference } from "./preferences";
export { byEmoji } from "./reactions";
export { clientId, followStartedIncidents, runCommandIn, startIncident } from "./startIncident";
export { type Presence, usePresence } from "./statuses";
export { channelsQuery, membershipsQuery, teamMembershipQuery, teamsQuery, teamUnreadsQuery } from "./teams";
export { tellTyping, typingStore } from "./typing";
export {
  listedAs,
  meQuery,
  nameOf,
  pictureOf,
  remember,
  teamPeopleQuery,
  timeZoneOf,
  useUser,
  useUserNamed,
} from "./users";
