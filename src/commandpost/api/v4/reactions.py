"""Routes about reactions."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import body_id, body_ids, path_id
from commandpost.api.v4.route import delete, get, post
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.posts import ReactionShape, reaction_shape, reaction_shapes
from commandpost.workspace.actions import reactions


class NewReactionBody(msgspec.Struct, kw_only=True):
    """A reaction asked for: one's own."""

    user_id: str
    post_id: str
    emoji_name: str


@post("/reactions", status_code=201)
async def add_reaction(call: Call, data: NewReactionBody) -> ReactionShape:
    """React to a post."""
    async with call.desks.writing() as desk:
        reaction = await reactions.add(
            desk,
            call.who,
            user_id=body_id(data.user_id, "user_id"),
            post_id=body_id(data.post_id, "post_id"),
            emoji_name=data.emoji_name,
        )
    return reaction_shape(reaction)


@get("/posts/{post_id:str}/reactions")
async def get_reactions(call: Call, post_id: str) -> list[ReactionShape]:
    """The reactions to a post."""
    async with call.desks.reading() as desk:
        return reaction_shapes(await reactions.of_post(desk, call.who, path_id(post_id, "post_id")))


@post("/posts/ids/reactions", status_code=200)
async def get_reactions_of_posts(call: Call, data: list[str]) -> dict[str, list[ReactionShape]]:
    """The reactions to several posts, by post; those out of sight are left out."""
    async with call.desks.reading() as desk:
        found = await reactions.of_posts(desk, call.who, body_ids(data, "post_ids"))
    return {post_id: reaction_shapes(its) for post_id, its in found.items()}


@delete("/users/{user_id:str}/posts/{post_id:str}/reactions/{emoji_name:str}")
async def remove_reaction(call: Call, user_id: str, post_id: str, emoji_name: str) -> Done:
    """Take a reaction back."""
    async with call.desks.writing() as desk:
        await reactions.remove(
            desk,
            call.who,
            user_id=path_id(call.me(user_id), "user_id"),
            post_id=path_id(post_id, "post_id"),
            emoji_name=emoji_name,
        )
    return DONE


ROUTES = (add_reaction, get_reactions, get_reactions_of_posts, remove_reaction)
