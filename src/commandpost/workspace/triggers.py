"""Trigger ids: the proof that a dialog was asked for, by whom and when.

A person's deed (a command, a press of a button) makes two: a short one, which their client keeps to know
its dialog by, and a long signed one for whoever answers the deed. A dialog is opened with the long one and
reaches the client with the short one.
"""

import base64
import binascii
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from commandpost.kernel.clock import MINUTE_MS, Millis
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import new_id

VALID_FOR_MS = 5 * MINUTE_MS


class DeadTrigger(Invalid):
    """Trigger ID for dialog is not valid, or has expired: ask again."""

    code = "trigger.dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A deed that may open a dialog. `id` is for the person's client, `proof` for who opens the dialog."""

    id: str
    user_id: str
    proof: str


class Triggers:
    """Gives out trigger ids and recognises them, those of other processes with the same key too."""

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = cache(key)

    def issue(self, user_id: str, *, now: Millis) -> Trigger:
        """A trigger for something this user does now."""
        short = new_id()
        claim = f"{short}:{user_id}:{now}"
        proof = base64.b64encode(f"{claim}:{self._signature(claim)}".encode()).decode()
        return Trigger(id=short, user_id=user_id, proof=proof)

    def redeem(self, proof: str, *, now: Millis) -> Trigger:
        """The trigger with that proof. Raises DeadTrigger if it is not ours or too old."""
        try:
            text = base64.b64decode(proof.encode(), validate=True).decode("ascii")
        except (binascii.Error, ValueError) as cause:
            raise DeadTrigger from cause
        claim, _, signature = text.rpartition(":")
        if not hmac.compare_digest(signature, self._signature(claim)):
            raise DeadTrigger
        short, user_id, issued = claim.split(":")
        if now - int(issued) > VALID_FOR_MS:
            raise DeadTrigger
        return Trigger(id=short, user_id=user_id, proof=proof)

    def _signature(self, claim: str) -> str:
        return hmac.digest(self._key(), claim.encode(), "sha256").hex()
