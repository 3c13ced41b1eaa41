"""Opsgenie: who is on call, and paging. REST v2, which ends with Opsgenie itself in April 2027."""

import asyncio
from typing import Any
from urllib.parse import quote

import msgspec

from commandpost.integrations import (
    Answer,
    Call,
    Command,
    Failed,
    Kind,
    Outcome,
    Request,
    Setting,
    Tools,
    first_word,
)
from commandpost.integrations.tools import on_call
from commandpost.integrations.web import plain

_MESSAGE_LIMIT = 130
_MOST_SCHEDULES = 10
_LOOKS = 3
_BETWEEN_LOOKS_S = 0.3


class _Named(msgspec.Struct):
    name: str = ""
    enabled: bool = True


class _Schedules(msgspec.Struct, rename={"schedules": "data"}):
    schedules: list[_Named]


class _OnCall(msgspec.Struct, rename={"parent": "_parent", "recipients": "onCallRecipients"}):
    recipients: list[str]
    parent: _Named = msgspec.field(default_factory=_Named)


class _OnCalls(msgspec.Struct, rename={"found": "data"}):
    found: _OnCall


class _Accepted(msgspec.Struct, rename="camel"):
    request_id: str


class _Status(msgspec.Struct, rename="camel"):
    is_success: bool
    status: str = ""


class _Processed(msgspec.Struct, rename={"request": "data"}):
    request: _Status


class _Complaint(msgspec.Struct):
    message: str = ""


class Opsgenie:
    """The integration."""

    name = "opsgenie"
    title = "Opsgenie"
    help = (
        "Tells who is on call, and pages people and teams. Make an API integration in Opsgenie that may read"
        " and create, not restricted to a team, and give its key."
    )
    settings = (
        Setting(name="api_key", label="API key", kind=Kind.SECRET, is_required=True),
        Setting(
            name="schedule",
            label="Schedule",
            help="The schedule meant when none is named; every one if left empty.",
        ),
        Setting(
            name="api_url",
            label="Address of the API",
            help="https://api.eu.opsgenie.com for the European instance.",
            kind=Kind.ADDRESS,
            default="https://api.opsgenie.com",
        ),
    )

    @property
    def commands(self) -> tuple[Command, ...]:
        return on_call.commands_of(
            "opsgenie",
            tell=_on_call,
            page=_page,
            pages="Page somebody or a team",
            who='@somebody, an email address, or a team: "Platform team"',
        )

    def complaint(self, body: bytes) -> str:
        return msgspec.json.decode(body, type=_Complaint).message

    async def health(self, tools: Tools) -> str:
        wanted = tools.settings["schedule"]
        if wanted:
            found = await _of_schedule(tools, wanted)
            return f"The key is accepted. {_line(found)}"
        schedules = (await tools.web.read(_request(tools, "GET", "/v2/schedules"), _Schedules)).schedules
        return f"The key is accepted; it sees {len(schedules)} schedules."


async def _on_call(tools: Tools, call: Call) -> Answer:
    wanted = call.text.strip().strip('"') or tools.settings["schedule"]
    if wanted:
        return Answer(told=_line(await _of_schedule(tools, wanted)))
    schedules = (await tools.web.read(_request(tools, "GET", "/v2/schedules"), _Schedules)).schedules
    names = [one.name for one in schedules if one.enabled]
    if not names:
        raise Failed(Outcome.NOT_FOUND, "Opsgenie has no schedule that is switched on.")
    lines = [_line(await _of_schedule(tools, name)) for name in names[:_MOST_SCHEDULES]]
    if len(names) > _MOST_SCHEDULES:
        lines.append(f"And {len(names) - _MOST_SCHEDULES} schedules more: name the one you mean.")
    return Answer(told="\n".join(lines))


async def _of_schedule(tools: Tools, name: str) -> _OnCall:
    path = f"/v2/schedules/{quote(name, safe='')}/on-calls?scheduleIdentifierType=name&flat=true"
    try:
        found = (await tools.web.read(_request(tools, "GET", path), _OnCalls)).found
    except Failed as cause:
        if cause.outcome is not Outcome.NOT_FOUND:
            raise
        raise Failed(Outcome.NOT_FOUND, f"Opsgenie has no schedule {plain(name)} (404).") from cause
    found.parent.name = found.parent.name or name
    return found


def _line(found: _OnCall) -> str:
    people = ", ".join(plain(one) for one in found.recipients) or "nobody"
    return f"On call for {plain(found.parent.name)}: {people}"


async def _page(tools: Tools, call: Call) -> Answer:
    who, text = first_word(call.text)
    message = " ".join(text.split())
    if not who or not message:
        raise Failed(Outcome.REFUSED, "Say whom to page, and why: `/opsgenie page who message`.")
    alert: dict[str, Any] = {
        "message": message[:_MESSAGE_LIMIT],
        "description": _description(call, message),
        "responders": [_responder(call, who)],
        "source": "Command Post",
    }
    accepted = await tools.web.read(_request(tools, "POST", "/v2/alerts", alert), _Accepted)
    if await _is_done(tools, accepted.request_id):
        told = f"Opsgenie pages {plain(who)}."
    else:
        told = f"Opsgenie has taken the page to {plain(who)}, but has not said yet that it is out."
    return Answer(
        told=told, posted=f"@{call.by.username} paged **{plain(who)}** by Opsgenie: {plain(message)}"
    )


async def _is_done(tools: Tools, request_id: str) -> bool:
    """Whether it has done what it accepted; False while it has not said. Raises Failed if it did not."""
    for look in range(_LOOKS):
        if look:
            await asyncio.sleep(_BETWEEN_LOOKS_S)
        path = f"/v2/alerts/requests/{quote(request_id, safe='')}"
        try:
            status = (await tools.web.read(_request(tools, "GET", path), _Processed)).request
        except Failed as cause:
            if cause.outcome is Outcome.NOT_FOUND:
                continue
            return False
        if not status.is_success:
            raise Failed(Outcome.REFUSED, f"Opsgenie did not page: {plain(status.status)}")
        return True
    return False


def _responder(call: Call, who: str) -> dict[str, str]:
    if who.startswith("@"):
        person = call.people.get(who[1:])
        if person is None or not person.email:
            raise Failed(Outcome.NOT_FOUND, f"There is nobody called {who} here. Give an email address.")
        return {"type": "user", "username": person.email}
    if "@" in who:
        return {"type": "user", "username": who}
    return {"type": "team", "name": who}


def _description(call: Call, message: str) -> str:
    lines = [message, "", f"Paged by {call.by.name or call.by.username} (@{call.by.username})."]
    if call.incident is not None:
        lines.append(f"Incident: {call.incident.name} {call.incident.url}".rstrip())
    return "\n".join(lines)


def _request(tools: Tools, method: str, path: str, json: Any = None) -> Request:
    return Request(
        method=method,
        url=tools.settings["api_url"] + path,
        headers={"Authorization": f"GenieKey {tools.settings['api_key']}"},
        json=json,
    )
