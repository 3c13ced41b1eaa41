/** What the server knows: questions (queries), deeds, and the live events that keep the answers true. */
export { cache, sessionEnded } from "./cache";
export { chat, csrfToken, messageOf, setSite, statusOf } from "./client";
export { bodyOf, incidentApi, Refused, type Wire } from "./incidents";
export { keys } from "./keys";
export { keepCacheLive, parsed } from "./live";
export { changePosts, loadNewer, loadOlder, postsQuery, send } from "./posts";
export type { PostWindow } from "./postWindow";
export { channelsQuery, membershipsQuery, teamsQuery } from "./teams";
export { meQuery, nameOf, pictureOf, remember, useUser, useUserNamed } from "./users";
