"""From the name of an incident to the name of its channel."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.naming import (
    NameInvalid,
    channel_name,
    channel_name_with,
    display_name,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Server Down", "server-down"),
        ("Incident (1606)", "incident-1606"),
        ("a - b", "a---b"),
        ("trim  me - please__ok 41435", "trim--me---please__ok-41435"),
        ("--Edge--", "edge"),
        ("100% of disks", "100-of-disks"),
    ],
)
def test_a_channel_is_named_after_its_incident(name: str, expected: str) -> None:
    assert channel_name(name) == expected


@pytest.mark.parametrize("name", ["###", "日本語", "a", "!a!", "_x", "x" * 65, "tab\tin it", ""])
def test_a_name_of_which_too_little_remains_is_refused(name: str) -> None:
    with pytest.raises(NameInvalid):
        channel_name(name)


@given(st.text(max_size=80))
def test_a_channel_name_is_always_valid_and_names_itself(name: str) -> None:
    try:
        made = channel_name(name)
    except NameInvalid:
        return
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]", made)
    assert channel_name(made) == made


@given(st.from_regex(r"[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]", fullmatch=True))
def test_a_taken_name_stays_valid_with_four_more_letters(name: str) -> None:
    made = channel_name_with("x7k2", name)

    assert len(made) <= 64
    assert made.endswith("-x7k2")


@pytest.mark.parametrize(("name", "kept"), [("  Server Down ", "Server Down"), ("n" * 64, "n" * 64)])
def test_the_name_is_trimmed(name: str, kept: str) -> None:
    assert display_name(name) == kept


@pytest.mark.parametrize("name", ["", "   ", "n" * 65])
def test_a_name_has_1_to_64_characters(name: str) -> None:
    with pytest.raises(NameInvalid):
        display_name(name)
