"""Routes of interactive dialogs, and of buttons and menus under posts."""

from typing import Any

import msgspec

from commandpost.api.call import Call, PublicCall
from commandpost.api.inside import Inside
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import post
from commandpost.api.v4.shapes.dialogs import OpenDialogShape
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import dialogs, post_actions
from commandpost.workspace.actions.post_actions import Press
from commandpost.workspace.model.dialog import Submission


class SubmissionBody(msgspec.Struct, kw_only=True):
    """A dialog sent in; whose it is, the session says."""

    url: str = ""
    callback_id: str | None = None
    state: str | None = None
    channel_id: str | None = None
    team_id: str | None = None
    submission: dict[str, Any] | None = None
    cancelled: bool | None = None


class SubmissionAnswerShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is wrong with a submission; an empty object closes the dialog."""

    error: str = ""
    errors: dict[str, str] = {}


class PressBody(msgspec.Struct, kw_only=True):
    """A press; `selected_option` is the value chosen in a menu."""

    selected_option: str | None = None


class PressShape(msgspec.Struct, kw_only=True):
    """That the integration took the press; a dialog that it opens bears this trigger id."""

    status: str = "OK"
    trigger_id: str


@post("/actions/dialogs/open", status_code=200)
async def public_open_dialog(public: PublicCall, data: OpenDialogShape) -> Done:
    """Show a dialog to the user whose deed the trigger proves; the proof stands for a session."""
    async with public.desks.reading() as desk:
        dialogs.show(desk, data.trigger_id, data.url, data.dialog.dialog())
    return DONE


@post("/actions/dialogs/submit", status_code=200)
async def submit_dialog(call: Call, data: SubmissionBody) -> SubmissionAnswerShape:
    """Send a dialog in to the integration that opened it."""
    submission = Submission(
        url=data.url,
        callback_id=data.callback_id or "",
        state=data.state or "",
        channel_id=data.channel_id or "",
        team_id=data.team_id or "",
        values=data.submission or {},
        cancelled=data.cancelled or False,
    )
    answer = await dialogs.submit(call.desks, Inside(call.request.app), call.who, submission)
    return SubmissionAnswerShape(error=answer.error, errors=answer.errors)


@post("/posts/{post_id:str}/actions/{action_id:str}", status_code=200)
async def press_action(call: Call, post_id: str, action_id: str, data: PressBody | None = None) -> PressShape:
    """Press a button, or choose from a menu, under a post."""
    pressed = Press(
        post_id=path_id(post_id, "post_id"),
        action_id=action_id,
        selected_option=(data.selected_option or "") if data else "",
    )
    trigger = await post_actions.press(call.desks, Inside(call.request.app), call.who, pressed)
    return PressShape(trigger_id=trigger.id)


ROUTES = (public_open_dialog, submit_dialog, press_action)
