"""Variables in the commands of tasks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.variables import NAMES, plain, substituted, variables_in

VALUES = {name: name.lower() for name in NAMES}


def test_each_variable_is_put_in() -> None:
    command = "/jira create $INCIDENT_NAME in $CHANNEL by $COMMANDER ($STAGE, $PLAYBOOK, $INCIDENT_ID)"

    assert substituted(command, VALUES) == (
        "/jira create incident_name in channel by commander (stage, playbook, incident_id)"
    )
    assert variables_in(command) == set(NAMES)


@pytest.mark.parametrize("command", ["/echo $HOME $INCIDENT_NAMES $incident_name $", "/$STAGE x", "/echo"])
def test_what_is_no_variable_stays(command: str) -> None:
    assert substituted(command, VALUES) == command
    assert variables_in(command) == frozenset()


@pytest.mark.parametrize(
    ("value", "put_in"),
    [
        ("Database is down", "Database is down"),
        ("down\n/msg @root hi", "down msg @root hi"),
        ("x --project SECRET -f", "x project SECRET f"),
        ("— dash", "dash"),
        ('say "no"', "say no'"),
        ("$STAGE", "$STAGE"),
        ("back\\", "back'"),
        ("two-part name/with signs", "two-part name/with signs"),
        ("hid\u202eden", "hid den"),
        ("", ""),
    ],
)
def test_a_value_is_only_words(value: str, put_in: str) -> None:
    assert substituted("/echo $INCIDENT_NAME", {**VALUES, "INCIDENT_NAME": value}) == f"/echo {put_in}"


@given(st.text())
def test_no_value_gets_out_of_its_line_quotes_or_words(value: str) -> None:
    text = plain(value)

    assert text.splitlines() in ([], [text])
    assert not set(text) & set('"\\`')
    assert not any(word.startswith(("-", "/")) for word in text.split())
