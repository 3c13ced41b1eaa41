"""Zoom: a meeting opened for those in a channel, and ended. Server-to-server OAuth, REST v2.

The meeting is one that is scheduled for now: an instant one would wait for its host, who is the account of
the settings and joins no meeting.
"""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from commandpost.integrations import (
    Answer,
    Argument,
    Call,
    Command,
    Failed,
    Kind,
    Link,
    Outcome,
    Request,
    Setting,
    SubCommand,
    Tools,
)
from commandpost.integrations.web import plain
from commandpost.kernel.clock import SECOND_MS, Millis

_TOPIC_LIMIT = 200
_SCHEDULED = 2
_MINUTES = 60
_EARLY_S = 60
"""A token is not used in its last seconds: it could run out on the way."""

T = TypeVar("T")


class _Token(msgspec.Struct):
    access_token: str
    expires_in: int


class _Meeting(msgspec.Struct):
    id: int
    join_url: str


class _User(msgspec.Struct):
    email: str = ""
    display_name: str = ""


class _Complaint(msgspec.Struct):
    message: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A token, whose it is and until when it may be used."""

    owner: tuple[str, ...] = field(repr=False)
    token: str = field(repr=False)
    until: Millis


class Zoom:
    """The integration. It keeps its token until that expires."""

    name = "zoom"
    title = "Zoom"
    help = (
        "Opens a meeting for the people in a channel. Make a Server-to-Server OAuth app in Zoom's App"
        " Marketplace with the scopes meeting:write:meeting:admin, meeting:update:status:admin and"
        " user:read:user:admin, and give what its credentials page shows."
    )
    settings = (
        Setting(name="account_id", label="Account ID", is_required=True),
        Setting(name="client_id", label="Client ID", is_required=True),
        Setting(name="client_secret", label="Client secret", kind=Kind.SECRET, is_required=True),
        Setting(
            name="host",
            label="Host",
            help="Email address or ID of the user who holds the meetings; me is the owner of the app.",
            default="me",
            is_required=True,
        ),
        Setting(
            name="api_url", label="Address of the API", kind=Kind.ADDRESS, default="https://api.zoom.us/v2"
        ),
        Setting(
            name="oauth_url",
            label="Address of the sign-in",
            kind=Kind.ADDRESS,
            default="https://zoom.us/oauth/token",
        ),
    )

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        topic = Argument(
            hint="topic", help="What it is about; the incident's name if left out", is_required=False
        )
        meeting = Argument(
            hint="meeting ID", help="The incident's newest meeting if left out", is_required=False
        )
        return (
            Command(
                trigger="zoom",
                help="Meet on Zoom",
                sub_commands=(
                    SubCommand(name="start", help="Open a meeting", run=self._start, arguments=(topic,)),
                    SubCommand(name="end", help="End a meeting", run=self._end, arguments=(meeting,)),
                ),
            ),
        )

    def complaint(self, body: bytes) -> str:
        said = msgspec.json.decode(body, type=_Complaint)
        return said.message or said.reason

    async def health(self, tools: Tools) -> str:
        self._kept = None
        host = await self._read(tools, "GET", f"/users/{_host(tools)}", _User)
        return f"Signed in. Meetings are held by {plain(host.display_name or host.email)}."

    async def _start(self, tools: Tools, call: Call) -> Answer:
        topic = " ".join(call.text.split()) or (call.incident.name if call.incident else "")
        topic = topic[:_TOPIC_LIMIT] or f"Meeting of {call.by.name or call.by.username}"
        begin = datetime.fromtimestamp(tools.now / SECOND_MS, UTC)
        wanted = {
            "topic": topic,
            "type": _SCHEDULED,
            "start_time": begin.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "duration": _MINUTES,
            "timezone": "UTC",
            "settings": {"join_before_host": True, "jbh_time": 0, "waiting_room": False},
        }
        meeting = await self._read(tools, "POST", f"/users/{_host(tools)}/meetings", _Meeting, wanted)
        if not meeting.join_url.startswith("https://") or any(c in meeting.join_url for c in ' \n<>()"'):
            raise Failed(Outcome.MALFORMED, "Zoom answered with something that cannot be understood.")
        return Answer(
            told=f"Opened: {meeting.join_url}",
            posted=f"@{call.by.username} opened a Zoom meeting: [Join]({meeting.join_url}) {plain(topic)}",
            links=(Link(title=topic, url=meeting.join_url, reference=str(meeting.id)),),
        )

    async def _end(self, tools: Tools, call: Call) -> Answer:
        number = "".join(call.text.split()).replace("-", "")
        if not number and call.links:
            number = call.links[-1].reference
        if not number:
            raise Failed(
                Outcome.REFUSED, "No meeting was opened here. Give its number: `/zoom end meeting-ID`."
            )
        if not (number.isascii() and number.isdigit()):
            raise Failed(Outcome.REFUSED, "A meeting ID consists of digits: `/zoom end 123 4567 8901`.")
        try:
            await self._tell(tools, "PUT", f"/meetings/{number}/status", {"action": "end"})
        except Failed as cause:
            if cause.outcome is not Outcome.NOT_FOUND:
                raise
            raise Failed(
                Outcome.NOT_FOUND, f"Zoom has no meeting {number}; it may have ended (404)."
            ) from cause
        return Answer(
            told=f"Ended the meeting {number}.",
            posted=f"@{call.by.username} ended the Zoom meeting {number}.",
        )

    async def _read(self, tools: Tools, method: str, path: str, kind: type[T], json: Any = None) -> T:
        try:
            return await tools.web.read(await self._request(tools, method, path, json), kind)
        except Failed as cause:
            self._distrust(cause)
            raise

    async def _tell(self, tools: Tools, method: str, path: str, json: Any) -> None:
        try:
            await tools.web.tell(await self._request(tools, method, path, json))
        except Failed as cause:
            self._distrust(cause)
            raise

    def _distrust(self, cause: Failed) -> None:
        """A token that was refused may have been revoked: the next call asks for another."""
        if cause.outcome is Outcome.UNAUTHORIZED:
            self._kept = None

    async def _request(self, tools: Tools, method: str, path: str, json: Any) -> Request:
        return Request(
            method=method,
            url=tools.settings["api_url"] + path,
            headers={"Authorization": f"Bearer {await self._token(tools)}"},
            json=json,
        )

    async def _token(self, tools: Tools) -> str:
        settings = tools.settings
        owner = tuple(settings[name] for name in ("oauth_url", "account_id", "client_id", "client_secret"))
        kept = self._kept
        if kept is not None and kept.owner == owner and tools.now < kept.until:
            return kept.token
        basic = base64.b64encode(f"{settings['client_id']}:{settings['client_secret']}".encode()).decode()
        request = Request(
            method="POST",
            url=settings["oauth_url"],
            headers={"Authorization": f"Basic {basic}"},
            form={"grant_type": "account_credentials", "account_id": settings["account_id"]},
        )
        try:
            got = await tools.web.read(request, _Token)
        except Failed as cause:
            if cause.outcome not in (Outcome.REFUSED, Outcome.UNAUTHORIZED):
                raise
            raise Failed(
                Outcome.UNAUTHORIZED,
                "Zoom does not accept the account ID, client ID and client secret. A system administrator"
                " must correct them in the settings of the integration.",
            ) from cause
        until = Millis(tools.now + (got.expires_in - _EARLY_S) * SECOND_MS)
        self._kept = _Kept(owner=owner, token=got.access_token, until=until)
        return got.access_token


def _host(tools: Tools) -> str:
    return quote(tools.settings["host"], safe="@")
