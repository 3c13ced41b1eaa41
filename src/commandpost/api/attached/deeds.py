"""`/incident` and its dialogs on our own pages, with the session of whoever is there.

They are asked for as over REST v4. But no socket of the chat comes to these pages, and no trigger id: a
dialog is part of the answer to the command that asks for it. So it works while Mattermost is away, too.
"""

from typing import Any

import litestar
import msgspec
from litestar import MediaType, Response

from commandpost.api.attached.dialog_answers import dialog_answer
from commandpost.api.attached.ports import Reception, Talk
from commandpost.api.attached.running import run_command
from commandpost.api.call import ApiRequest, caller_of
from commandpost.api.inside import Inside
from commandpost.incidents.commands.call import Call
from commandpost.incidents.ports import Actor
from commandpost.kernel.errors import Forbidden, Invalid, Unauthenticated
from commandpost.workspace.model.who import Who

_TRIGGER = "/incident"


class CommandBody(msgspec.Struct, kw_only=True):
    """A command typed, or chosen by a button of the page."""

    command: str
    channel_id: str = ""
    team_id: str = ""


class DialogBody(msgspec.Struct, kw_only=True):
    """A dialog sent in."""

    state: str
    channel_id: str = ""
    team_id: str = ""
    submission: dict[str, Any] | None = None
    cancelled: bool = False


class NotOurs(Invalid):
    """Here only /incident can be run; for other commands go to Mattermost."""

    code = "pages.not_ours"


class DialogUnknown(Forbidden):
    """This dialog was not shown to you, or before this server was set up anew; open it once more."""

    code = "pages.dialog_unknown"


@litestar.post("/api/v4/commands/execute", status_code=200, include_in_schema=False)
async def public_execute(request: ApiRequest, data: CommandBody) -> Response[dict[str, Any]]:
    """Run `/incident` as whoever asks; what it says, and the dialog it shows, are the answer."""
    reception, talk, who = _received(request)
    trigger, *words = data.command.split() or [""]
    if trigger.lower() != _TRIGGER:
        raise NotOurs
    talk.is_command = True
    call = Call(
        who=Actor(user_id=who.user_id),
        channel_id=data.channel_id,
        team_id=data.team_id,
        trigger_id="",
        words=tuple(words),
    )
    await run_command(reception.desks, call)
    answer = {"response_type": "ephemeral", "text": "", **reception.said(talk)}
    return _answer({**answer, "dialog": talk.dialog} if talk.dialog else answer)


@litestar.post("/api/v4/actions/dialogs/submit", status_code=200, include_in_schema=False)
async def public_submit(request: ApiRequest, data: DialogBody) -> Response[dict[str, Any]]:
    """Take a dialog that somebody has sent in who was shown it."""
    reception, _, who = _received(request)
    shown = reception.dialog_of_state(data.state, user_id=who.user_id)
    if shown is None:
        raise DialogUnknown
    if data.cancelled:
        return _answer({})
    path, state = shown
    body = {
        "user_id": who.user_id,
        "channel_id": data.channel_id,
        "team_id": data.team_id,
        "state": state,
        "submission": data.submission,
    }
    return _answer(dialog_answer(await Inside(request.app).post(who, path, body)))


def _received(request: ApiRequest) -> tuple[Reception, Talk, Who]:
    """Who asks, and the conversation in which they are answered. Raises Unauthenticated."""
    reception: Reception = request.app.state.reception
    talk, who = reception.under_way(), caller_of(request)
    if talk is None or who is None:
        raise Unauthenticated
    return reception, talk, who


def _answer(told: dict[str, Any]) -> Response[dict[str, Any]]:
    return Response(told, media_type=MediaType.JSON, headers={"cache-control": "no-store"})
