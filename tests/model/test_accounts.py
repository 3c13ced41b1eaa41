"""The rules for names, addresses and statuses."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.kernel.errors import Invalid
from commandpost.workspace.model.sign_up import RESERVED_USERNAMES, email_of, username_of
from commandpost.workspace.model.status import Presence, Status
from commandpost.workspace.model.team import Team, team_name_of

ALLOWED = string.ascii_lowercase + string.digits + "._-"
presences = st.sampled_from(list(Presence))


@given(st.text())
def test_a_username_is_refused_or_lower_case_and_stays_as_it_is(text: str) -> None:
    try:
        name = username_of(text)
    except Invalid:
        return

    assert 1 <= len(name) <= 64
    assert set(name) <= set(ALLOWED)
    assert name[0] in string.ascii_lowercase
    assert name not in RESERVED_USERNAMES
    assert username_of(name) == name


@given(st.from_regex(r"[a-z][a-z0-9._-]{0,63}", fullmatch=True).filter(lambda n: n not in RESERVED_USERNAMES))
def test_every_username_of_the_right_form_is_taken_in_any_case(name: str) -> None:
    assert username_of(name.upper()) == name


@given(st.text())
def test_an_address_is_refused_or_can_be_stored_and_stays_as_it_is(text: str) -> None:
    try:
        address = email_of(text)
    except Invalid:
        return

    assert "\x00" not in address and len(address) <= 128
    assert email_of(address) == address


@pytest.mark.parametrize("text", ["", "a", "a@", "@b", "a b@c", "a@b@c", "a@b,c@d", "Name <a@b>", "a\n@b"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        email_of(text)


@given(st.text())
def test_the_name_of_a_team_is_refused_or_fit_for_an_address(text: str) -> None:
    try:
        name = team_name_of(text)
    except Invalid:
        return

    assert 2 <= len(name) <= 64
    assert set(name) <= set(string.ascii_lowercase + string.digits + "-")
    assert not name.startswith("-") and not name.endswith("-")


@pytest.mark.parametrize(
    ("domains", "email", "admitted"),
    [
        ("", "a@anywhere", True),
        ("example.com", "a@example.com", True),
        ("@example.com other.net", "a@OTHER.net", True),
        ("example.com", "a@sub.example.com", False),
        ("example.com", "example.com@evil.net", False),
    ],
)
def test_a_team_admits_its_domains(domains: str, email: str, admitted: bool) -> None:
    team = Team(id="t", create_at=1, update_at=1, display_name="T", name="team", allowed_domains=domains)

    assert team.admits(email) is admitted


@given(presences, presences, st.integers(1, 10**6))
def test_a_status_chosen_by_hand_is_not_changed_by_what_one_does(
    chosen: Presence, noticed: Presence, later: int
) -> None:
    status = Status(user_id="u").chosen(chosen, now=100)

    after = status.noticed(noticed, now=100 + later)

    assert after.status is (noticed if chosen is Presence.ONLINE else chosen)


@given(presences.filter(lambda p: p is not Presence.DND), st.integers(1, 1000), st.integers(0, 2000))
def test_do_not_disturb_gives_way_to_what_was_before_when_it_is_over(
    before: Presence, lasting: int, later: int
) -> None:
    disturbed = (
        Status(user_id="u").noticed(before, now=100).chosen(Presence.DND, now=100, dnd_end_at=100 + lasting)
    )

    seen = disturbed.at(100 + later).status

    assert seen is (Presence.DND if later < lasting else before)
