"""Routes of playbooks, and of subscriptions to their incidents."""

from typing import Annotated, Any, TypeVar

import msgspec
from litestar import MediaType, Request, Response
from litestar.params import HeaderParameter

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import delete, get, post, put
from commandpost.api.v0.shapes.playbook_files import (
    PlaybookFileBody,
    PlaybookFileShape,
    file_name,
    playbook_file_shape,
)
from commandpost.api.v0.shapes.playbooks import (
    CreatedShape,
    PlaybookBody,
    PlaybookListShape,
    PlaybookShape,
    playbook_list_shape,
    playbook_shape,
)
from commandpost.incidents.actions import playbooks, review_plans, subscriptions
from commandpost.incidents.model.listing import Direction, Page, PlaybookSort
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.permissions import NotAuthorized
from commandpost.kernel.errors import Invalid

_LOCATION = "/api/v0/playbooks/{id}"
_LONGEST_VERSION = 19

Choice = TypeVar("Choice", PlaybookSort, Direction)


class SubscriptionBody(msgspec.Struct, kw_only=True):
    """Who wants to hear of a playbook's incidents, and where: a text, or an object with its parts."""

    url: str | dict[str, Any] | None = None
    playbook_id: str | None = None
    user_id: str | None = None


class SubscriptionShape(msgspec.Struct, kw_only=True):
    """A subscription."""

    id: str
    url: str
    playbook_id: str
    user_id: str


@get("/playbooks")
async def list_playbooks(
    call: IncidentCall,
    team_id: str = "",
    sort: str = "",
    direction: str = "",
    page: str = "",
    per_page: str = "",
) -> PlaybookListShape:
    """A page of the playbooks of which the caller is a member; of all of the team for a system admin."""
    if not team_id:
        raise Invalid("Provide a team ID")
    wanted_sort = _choice("sort", sort, PlaybookSort.TITLE, "'title', 'stages' or 'steps'")
    wanted_direction = _choice("direction", direction, Direction.ASC, "'asc' or 'desc'")
    wanted_page = Page(number=_number("page", page), size=_number("per_page", per_page))
    async with call.desks.reading() as desk:
        listed = await playbooks.listed(
            desk, call.actor, team_id, sort=wanted_sort, direction=wanted_direction, page=wanted_page
        )
    return playbook_list_shape(listed)


@post("/playbooks", exception_handlers=undecodable_as("unable to decode playbook"))
async def create_playbook(call: IncidentCall, data: PlaybookBody) -> Response[CreatedShape]:
    """Make a playbook; the caller is a member of it."""
    if data.id:
        raise Invalid("Playbook given already has ID")
    async with call.desks.writing() as desk:
        playbook = await playbooks.create(desk, call.actor, data.content())
    return _created(playbook)


@get("/playbooks/{playbook_id:str}")
async def get_playbook(call: IncidentCall, playbook_id: str) -> Response[PlaybookShape]:
    """One playbook. Its `ETag` is its version, for `If-Match` of a change."""
    async with call.desks.reading() as desk:
        playbook = await playbooks.view(desk, call.actor, playbook_id)
    return Response(playbook_shape(playbook), headers=_etag(playbook), media_type=MediaType.JSON)


@put(
    "/playbooks/{playbook_id:str}",
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as("unable to decode playbook"),
)
async def edit_playbook(
    call: IncidentCall,
    playbook_id: str,
    data: PlaybookBody,
    if_match: Annotated[str, HeaderParameter(name="If-Match")] = "",
) -> Response[str]:
    """Replace a playbook's content; the versions before are kept.

    With `If-Match`, only if the playbook is still what bore that `ETag`; 412 otherwise.
    """
    async with call.desks.writing() as desk:
        edited = await playbooks.edit(
            desk, call.actor, playbook_id, data.content(), seen_version=_version(if_match)
        )
    return Response("", headers=_etag(edited), media_type=MediaType.TEXT)


@put("/playbooks/{playbook_id:str}/restore", media_type=MediaType.TEXT)
async def restore_playbook(call: IncidentCall, playbook_id: str) -> str:
    """Put a deleted playbook into use again."""
    async with call.desks.writing() as desk:
        await playbooks.restore(desk, call.actor, playbook_id)
    return ""


@post("/playbooks/{playbook_id:str}/duplicate", status_code=201)
async def duplicate_playbook(call: IncidentCall, playbook_id: str) -> Response[CreatedShape]:
    """Make a playbook with the content of this one; the caller is a member of it."""
    async with call.desks.writing() as desk:
        return _created(await playbooks.duplicate(desk, call.actor, playbook_id))


@get("/playbooks/{playbook_id:str}/export")
async def export_playbook(call: IncidentCall, playbook_id: str) -> Response[PlaybookFileShape]:
    """A playbook as a file for another team or server: without ids, members and broadcast channel."""
    async with call.desks.reading() as desk:
        playbook = await playbooks.view(desk, call.actor, playbook_id)
        plan = await review_plans.view(desk, call.actor, playbook_id)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(playbook)}"'}
    return Response(playbook_file_shape(playbook, plan), headers=headers, media_type=MediaType.JSON)


@post("/playbooks/import", exception_handlers=undecodable_as("unable to decode playbook"))
async def import_playbook(
    call: IncidentCall, data: PlaybookFileBody, team_id: str = ""
) -> Response[CreatedShape]:
    """Make a playbook in a team of what `export` gave; the caller is its only member."""
    if not team_id:
        raise Invalid("Provide a team ID")
    async with call.desks.writing() as desk:
        made = await playbooks.create(desk, call.actor, data.content_in(team_id))
        template, remind_after_s = data.review_template, data.review_reminder_seconds
        await review_plans.begin(desk, made, template=template, remind_after_s=remind_after_s)
        return _created(made)


@delete("/playbooks/{playbook_id:str}")
async def delete_playbook(call: IncidentCall, playbook_id: str) -> None:
    """Take a playbook out of use."""
    async with call.desks.writing() as desk:
        await playbooks.delete(desk, call.actor, playbook_id)


def _wordless(request: Request[Any, Any, Any], refusal: NotAuthorized) -> Response[str]:
    return Response("", status_code=401, media_type=MediaType.TEXT)


@post(
    "/eventsubscriptions",
    exception_handlers={**undecodable_as("unable to decode subscription"), NotAuthorized: _wordless},
)
async def subscribe(call: IncidentCall, data: SubscriptionBody) -> SubscriptionShape:
    """Keep that an address wants to hear of a playbook's incidents.

    Who is not a member of the playbook gets 401 without a word, as from the original.
    """
    if data.user_id != call.actor.user_id:
        raise Invalid("Bad parameter: the subscriber must equal the authenticated user")
    async with call.desks.writing() as desk:
        kept = await subscriptions.subscribe(desk, call.actor, data.playbook_id or "", _address(data.url))
    return SubscriptionShape(id=kept.id, url=kept.url, playbook_id=kept.playbook_id, user_id=kept.user_id)


def _created(playbook: Playbook) -> Response[CreatedShape]:
    headers = {"Location": _LOCATION.format(id=playbook.id), **_etag(playbook)}
    return Response(CreatedShape(id=playbook.id), status_code=201, headers=headers, media_type=MediaType.JSON)


def _etag(playbook: Playbook) -> dict[str, str]:
    return {"ETag": f'"{playbook.version}"'}


def _version(if_match: str) -> int | None:
    """The version an `If-Match` names; None where any will do, 0 for what was never one of ours."""
    tag = if_match.strip()
    if tag in ("", "*"):
        return None
    number = tag.strip('"')
    return int(number) if number.isascii() and number.isdigit() and len(number) < _LONGEST_VERSION else 0


def _address(url: str | dict[str, Any] | None) -> str:
    """The address as a text; the original took it apart, with Go's names for the parts."""
    if not isinstance(url, dict):
        return url or ""
    parts = {name: url.get(name) or "" for name in ("Scheme", "Host", "Path", "RawQuery")}
    if not all(isinstance(part, str) for part in parts.values()):
        raise Invalid("unable to decode subscription")
    query = f"?{parts['RawQuery']}" if parts["RawQuery"] else ""
    return f"{parts['Scheme']}://{parts['Host']}{parts['Path']}{query}"


def _choice(name: str, text: str, default: Choice, choices: str) -> Choice:
    try:
        return type(default)(text.lower()) if text else default
    except ValueError as cause:
        raise Invalid(
            f"failed to get playbooks: bad parameter '{name}' ({text}): it should be empty or one of"
            f" {choices}"
        ) from cause


def _number(name: str, text: str) -> int:
    try:
        number = int(text) if text else 0
    except ValueError as cause:
        raise Invalid(f"failed to get playbooks: bad parameter '{name}': it should be a number") from cause
    if number < 0:
        raise Invalid(f"failed to get playbooks: bad parameter '{name}': it should be a positive number")
    return number


ROUTES = (
    list_playbooks,
    create_playbook,
    get_playbook,
    edit_playbook,
    delete_playbook,
    restore_playbook,
    duplicate_playbook,
    export_playbook,
    import_playbook,
    subscribe,
)
