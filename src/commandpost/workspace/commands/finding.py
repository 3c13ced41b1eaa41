"""Which commands there are for somebody, and what may follow what they have typed."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import structlog

from commandpost.workspace.commands import completion
from commandpost.workspace.commands.completion import Line, Suggestion
from commandpost.workspace.commands.registry import Registry
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.command import Description, DynamicList, ListItem
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.ports import IntegrationFailed, Integrations
from commandpost.workspace.store import custom_commands, standing

_log = structlog.get_logger()


class _Item(msgspec.Struct, rename={"item": "Item", "hint": "Hint", "help_text": "HelpText"}):
    item: str
    hint: str = ""
    help_text: str = ""


_decode_items = msgspec.json.Decoder(list[_Item] | None).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A line in somebody's message box, and where that box is."""

    text: str
    team_id: str
    channel_id: str
    root_id: str


async def listed(desk: Desk, registry: Registry, who: Who, team_id: str) -> list[Description]:
    """The commands that a team's message boxes complete, by name. Raises Forbidden to who is not in it."""
    permit(who, Permission.VIEW_TEAM, await standing.in_team(desk.work, who.user_id, team_id))
    of_all = {one.trigger: one for one in registry.descriptions(desk.config)}
    if desk.config.enable_commands:
        for command in await custom_commands.of_team(desk.work, team_id):
            if command.auto_complete:
                of_all.setdefault(command.trigger, command.described)
    return [of_all[trigger] for trigger in sorted(of_all)]


async def suggested(
    desks: Desks, registry: Registry, integrations: Integrations, who: Who, typing: Typing
) -> list[Suggestion]:
    """What may follow a line. Raises Forbidden to those who are not in the team."""
    async with desks.reading() as desk:
        descriptions = await listed(desk, registry, who, typing.team_id)
    site_url = desks.config.site_url

    async def fetch(wanted: DynamicList, line: Line) -> Sequence[ListItem]:
        query = {
            "user_input": line.parsed + line.rest,
            "parsed": line.parsed,
            "channel_id": typing.channel_id,
            "team_id": typing.team_id,
            "root_id": typing.root_id,
            "user_id": who.user_id,
            "site_url": site_url,
        }
        return await _fetched(integrations, who, wanted, query)

    nodes = [description.node for description in descriptions]
    return await completion.suggestions(nodes, typing.text, who, fetch)


async def _fetched(
    integrations: Integrations, who: Who, wanted: DynamicList, query: dict[str, str]
) -> Sequence[ListItem]:
    """A list that cannot be had offers nothing: typing goes on without it."""
    try:
        answer = await integrations.get(who, wanted.fetch_url, query)
        items = _decode_items(answer.body) if answer.status == 200 else None
    except (IntegrationFailed, msgspec.MsgspecError):
        _log.warning("a list of suggestions cannot be fetched", url=wanted.fetch_url, exc_info=True)
        return ()
    return [ListItem(item=one.item, hint=one.hint, help_text=one.help_text) for one in items or ()]
