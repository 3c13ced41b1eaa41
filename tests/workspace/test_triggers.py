"""Trigger ids: given for a deed, good for a dialog."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.kernel.clock import Millis
from commandpost.kernel.ids import is_id
from commandpost.workspace.triggers import VALID_FOR_MS, DeadTrigger, Triggers

NOW = Millis(1_600_000_000_000)
ANA = "a" * 26


def test_the_proof_leads_back_to_the_deed() -> None:
    triggers = Triggers(lambda: b"key")
    issued = triggers.issue(ANA, now=NOW)

    redeemed = triggers.redeem(issued.proof, now=Millis(NOW + VALID_FOR_MS))

    assert redeemed == issued
    assert is_id(issued.id)
    assert base64.b64decode(issued.proof).decode().startswith(f"{issued.id}:{ANA}:{NOW}:")


def test_an_old_proof_is_dead() -> None:
    triggers = Triggers(lambda: b"key")
    issued = triggers.issue(ANA, now=NOW)

    with pytest.raises(DeadTrigger):
        triggers.redeem(issued.proof, now=Millis(NOW + VALID_FOR_MS + 1))


def test_processes_that_share_the_key_know_each_others_triggers() -> None:
    issued = Triggers(lambda: b"one key").issue(ANA, now=NOW)

    assert Triggers(lambda: b"one key").redeem(issued.proof, now=NOW) == issued
    with pytest.raises(DeadTrigger):
        Triggers(lambda: b"another").redeem(issued.proof, now=NOW)


def test_a_proof_for_another_user_is_no_proof() -> None:
    triggers = Triggers(lambda: b"key")
    issued = triggers.issue(ANA, now=NOW)
    forged = base64.b64decode(issued.proof).replace(ANA.encode(), b"b" * 26)

    with pytest.raises(DeadTrigger):
        triggers.redeem(base64.b64encode(forged).decode(), now=NOW)


@given(st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_anything_else_is_dead(text: str) -> None:
    with pytest.raises(DeadTrigger):
        Triggers(lambda: b"key").redeem(text, now=NOW)
