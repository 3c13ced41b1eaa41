import type { Post, PostList } from "@mattermost/types/posts";
import { expect, test } from "vitest";
import { windowOf, withChanges, withOlder, withoutOldest, withoutPost, withPosted } from "./postWindow";

function aPost(id: string, at: number, more: Partial<Post> = {}): Post {
  return { id, create_at: at, update_at: at, delete_at: 0, root_id: "", message: id, ...more } as Post;
}

function aList(posts: Post[], more: Partial<PostList> = {}): PostList {
  return {
    order: posts.map((post) => post.id).reverse(),
    posts: Object.fromEntries(posts.map((post) => [post.id, post])),
    next_post_id: "",
    prev_post_id: "",
    first_inaccessible_post_time: 0,
    ...more,
  };
}

const ids = (window: { posts: readonly Post[] }) => window.posts.map((post) => post.id);

test("a post whose event and answer both come stands there once", () => {
  const window = windowOf(aList([aPost("a", 1)]));

  const twice = withPosted(withPosted(window, aPost("b", 2)), aPost("b", 2));

  expect(ids(twice)).toEqual(["a", "b"]);
});

test("a post that was made earlier but comes later stands in its place", () => {
  const window = windowOf(aList([aPost("a", 1), aPost("c", 3)]));

  expect(ids(withPosted(window, aPost("b", 2)))).toEqual(["a", "b", "c"]);
});

test("older posts are put before the first", () => {
  const window = windowOf(aList([aPost("c", 3)], { prev_post_id: "b" }));

  const grown = withOlder(window, aList([aPost("a", 1), aPost("b", 2)]));

  expect(ids(grown)).toEqual(["a", "b", "c"]);
  expect(grown.hasOlder).toBe(false);
});

test("a deleted post takes the replies to it along", () => {
  const window = windowOf(aList([aPost("a", 1), aPost("b", 2, { root_id: "a" }), aPost("c", 3)]));

  expect(ids(withoutPost(window, "a"))).toEqual(["c"]);
});

test("after a gap new posts, edits and deletions are all taken over", () => {
  const window = windowOf(aList([aPost("a", 1), aPost("b", 2)]));

  const healed = withChanges(
    window,
    aList([aPost("a", 1, { message: "edited" }), aPost("b", 2, { delete_at: 9 }), aPost("c", 3)]),
  );

  expect(healed.posts.map((post) => post.message)).toEqual(["edited", "c"]);
});

test("after a gap what was lost between posts that came live is put in its place", () => {
  const loaded = windowOf(aList([aPost("b", 2), aPost("c", 3)], { prev_post_id: "a" }));
  const live = withPosted(loaded, aPost("e", 5));
  expect(live.completeTo).toBe(3);

  const healed = withChanges(live, aList([aPost("a", 1), aPost("d", 4), aPost("e", 5)]));

  expect(ids(healed)).toEqual(["b", "c", "d", "e"]);
  expect(healed.completeTo).toBe(5);
});

test("the oldest are let go, and known to be there", () => {
  const window = windowOf(aList([aPost("a", 1), aPost("b", 2), aPost("c", 3)]));

  const less = withoutOldest(window, 2);

  expect(ids(less)).toEqual(["b", "c"]);
  expect(less.hasOlder).toBe(true);
});

test("a stretch that does not reach the end stays whole: its newest are not the channel's", () => {
  const window = windowOf(aList([aPost("a", 1), aPost("b", 2)], { next_post_id: "c" }));

  expect(withoutOldest(window, 1)).toBe(window);
});
