import { type LiveEvent, onGap, onLive } from "@/host";
import { cache } from "./cache";
import { hearDialogs } from "./dialogs";
import { keys } from "./keys";
import { keepChannelsLive } from "./liveChannels";
import { keepPeopleLive } from "./livePeople";
import { askPostsAgain, keepPostsLive } from "./livePosts";
import { keepIncidentsLive } from "./ongoing";

/** What an event carries as JSON in a string. */
export function parsed<Value>(event: LiveEvent, field: string): Value | null {
  const text = event.data[field];
  return typeof text === "string" ? (JSON.parse(text) as Value) : null;
}

/** Hear an event whose matter is JSON in one of its fields. */
export function onParsed<Value>(kind: string, field: string, hear: (value: Value, event: LiveEvent) => void) {
  return onLive(kind, (event) => {
    const value = parsed<Value>(event, field);
    if (value !== null) hear(value, event);
  });
}

/** Let live events write to the cache from now on. Gives what ends it. */
export function keepCacheLive(): () => void {
  const ends = [
    ...keepPostsLive(),
    ...keepChannelsLive(),
    ...keepPeopleLive(),
    hearDialogs(),
    keepIncidentsLive(),
    onGap(askAgain),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** After a gap all that is shown is asked for again; posts by what has changed since. */
function askAgain(): void {
  const posts = keys.posts("")[0];
  void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== posts });
  askPostsAgain();
}
