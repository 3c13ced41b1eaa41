"""Interactive dialogs: shown to the one whose deed asked for them, and sent in."""

from typing import Any

import msgspec

from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.events import DialogOpened
from commandpost.workspace.model.dialog import (
    Dialog,
    DialogOption,
    DialogWithoutAddress,
    Submission,
    SubmissionAnswer,
    check,
)
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.ports import IntegrationAnswer, IntegrationFailed, Integrations
from commandpost.workspace.store import standing

_PRODUCT_PATHS = "/plugins/"


class _Said(msgspec.Struct):
    """The part of an integration's answer that a dialog understands."""

    error: str | None = None
    errors: dict[str, str] | None = None
    type: str | None = None
    form: dict[str, Any] | None = None


class _Item(msgspec.Struct):
    text: str
    value: str


class _Found(msgspec.Struct):
    """What an integration offers to choose from."""

    items: list[_Item] | None = None


_decode = msgspec.json.Decoder(_Said | None).decode
_decode_found = msgspec.json.Decoder(_Found | None).decode


def show(desk: Desk, proof: str, url: str, dialog: Dialog) -> None:
    """Show a dialog to the user who holds the trigger of that proof.

    Raises DialogWithoutAddress, BadDialog, DeadTrigger.
    """
    if not url:
        raise DialogWithoutAddress
    check(dialog)
    trigger = desk.triggers.redeem(proof, now=desk.now)
    desk.tell(DialogOpened(user_id=trigger.user_id, trigger_id=trigger.id, url=url, dialog=dialog))


async def submit(
    desks: Desks, integrations: Integrations, who: Who, submission: Submission
) -> SubmissionAnswer:
    """Hand a submission on to whoever opened the dialog. The product does not ask to hear of cancelled ones.

    Raises Forbidden without access to the channel and the team, IntegrationFailed when there is no answer.
    """
    if not submission.url:
        raise DialogWithoutAddress
    async with desks.reading() as desk:
        await _check_place(desk, who, submission)
    if submission.cancelled and submission.url.startswith(_PRODUCT_PATHS):
        return SubmissionAnswer(errors={})
    answer = await integrations.post(who, submission.url, _request(who, submission, "dialog_submission"))
    return _understood(answer)


async def look_up(
    desks: Desks, integrations: Integrations, who: Who, submission: Submission
) -> list[DialogOption]:
    """What there is to choose from in a field that is being filled in, by whoever opened the dialog.

    Raises as `submit`.
    """
    if not submission.url:
        raise DialogWithoutAddress
    async with desks.reading() as desk:
        await _check_place(desk, who, submission)
    answer = await integrations.post(who, submission.url, _request(who, submission, "dialog_lookup"))
    try:
        found = _decode_found(answer.body) or _Found()
    except msgspec.MsgspecError as cause:
        raise IntegrationFailed("The integration's choices cannot be understood.") from cause
    if answer.status >= 400:
        raise IntegrationFailed("The integration behind the dialog refused it.")
    return [DialogOption(text=one.text, value=one.value) for one in found.items or ()]


async def _check_place(desk: Desk, who: Who, submission: Submission) -> None:
    there = await standing.in_channel(desk.work, who.user_id, submission.channel_id)
    permit(who, Permission.READ_CHANNEL, there.channel_roles if there else "")
    if there and there.channel.team_id == submission.team_id:
        if not there.channel.is_direct:
            permit(who, Permission.VIEW_TEAM, there.team_roles)
    else:
        permit(who, Permission.VIEW_TEAM, await standing.in_team(desk.work, who.user_id, submission.team_id))


def _request(who: Who, submission: Submission, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "callback_id": submission.callback_id,
        "state": submission.state,
        "user_id": who.user_id,
        "channel_id": submission.channel_id,
        "team_id": submission.team_id,
        "submission": submission.values,
        "cancelled": submission.cancelled,
    }


def _understood(answer: IntegrationAnswer) -> SubmissionAnswer:
    if not answer.body.strip() and answer.status < 400:
        return SubmissionAnswer(errors={})
    try:
        said = _decode(answer.body) or _Said()
    except msgspec.MsgspecError as cause:
        raise IntegrationFailed("The integration's answer to the dialog cannot be understood.") from cause
    if answer.status >= 400 and not said.error and not said.errors:
        raise IntegrationFailed("The integration behind the dialog refused it.")
    return SubmissionAnswer(
        error=said.error or "", errors=said.errors or {}, type=said.type or "", form=said.form
    )
