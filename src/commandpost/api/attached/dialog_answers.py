"""What the routes behind dialogs and buttons answer, in the words of Mattermost's dialogs."""

from typing import Any

import msgspec

from commandpost.workspace.ports import IntegrationAnswer


class _AnswerRead(msgspec.Struct, kw_only=True):
    error: str = ""
    errors: dict[str, str] = {}


def dialog_answer(answer: IntegrationAnswer) -> dict[str, Any]:
    """What is wrong with a dialog that was sent in, and with which of its fields; {} if nothing is."""
    if answer.status >= 400:
        return {"error": complaint(answer)}
    told = _read(answer)
    return {"errors": told.errors} if told.errors else {}


def complaint(answer: IntegrationAnswer) -> str:
    """Why it was refused."""
    return _read(answer).error or "Your request could not be completed."


def _read(answer: IntegrationAnswer) -> _AnswerRead:
    try:
        return msgspec.json.decode(answer.body, type=_AnswerRead)
    except msgspec.MsgspecError:
        return _AnswerRead()
