"""Commands that only tell: `/help`, `/search`."""

from collections.abc import Callable, Sequence

from commandpost.workspace.actions import search
from commandpost.workspace.actions.search import PostSearch
from commandpost.workspace.commands.plain import PlainCommand, described, no, yes
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.store import channels

_MOST_FOUND = 10
_EXCERPT = 120


async def _search(desk: Desk, call: CommandCall) -> CommandAnswer:
    terms = call.text.strip()
    if not terms:
        return no("Give what to search for: `/search words`.")
    asked = PostSearch(terms=terms, team_id=call.team_id or None, size=_MOST_FOUND)
    found = await search.posts(desk, call.who, asked)
    if not found.posts:
        return yes(f"Nothing was found for: {terms}")
    by_id = {post.id: post for post in found.posts}
    hits = [by_id[post_id] for post_id in found.order]
    names = {
        channel.id: channel.name
        for channel in await channels.by_ids(desk.work, sorted({post.channel_id for post in hits}))
    }
    lines = [
        f"- ~{names[post.channel_id]}: {_excerpt(post.message)} [open](/_redirect/pl/{post.id})"
        for post in hits
    ]
    return yes("\n".join([f"Found for: {terms}", "", *lines]))


def _excerpt(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def help_command(descriptions: Callable[[Config], Sequence[Description]]) -> PlainCommand:
    """`/help` over all the commands that there are."""

    async def tell(desk: Desk, call: CommandCall) -> CommandAnswer:
        lines = [
            f"- `/{one.trigger}{' ' + one.hint if one.hint else ''}` {one.help_text}"
            for one in descriptions(desk.config)
        ]
        return yes("\n".join(["Commands:", "", *lines]))

    return PlainCommand(described("help", "", "List the commands"), tell)


SEARCH = PlainCommand(described("search", "[text]", "Search text in messages"), _search)
