"""What a playbook takes."""

import pytest

from commandpost.incidents.model.ids import PlaybookId
from commandpost.incidents.model.playbook import (
    Playbook,
    PlaybookContent,
    PlaybookDeleted,
    PlaybookOfOtherTeam,
    PlaybookStage,
    PlaybookTask,
    PlaybookTooLarge,
)
from commandpost.incidents.model.reminder import ReminderOutOfRange
from commandpost.incidents.model.text import TextTooLong, TextUnstorable
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Refusal


def a_playbook(**content: object) -> Playbook:
    return Playbook(
        id=PlaybookId("playbook"),
        content=PlaybookContent(**{"team_id": "team", "title": "Outage", **content}),  # pyright: ignore[reportArgumentType]
        create_at=Millis(1),
        update_at=Millis(1),
    )


def test_each_member_counts_once() -> None:
    content = a_playbook(member_ids=("ana", "ben", "ana", "")).content

    assert content.checked().member_ids == ("ana", "ben")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ({"title": "t" * 1025}, TextTooLong),
        ({"description": "d" * 4097}, TextTooLong),
        ({"title": "nul \0"}, TextUnstorable),
        ({"title": "half \ud800"}, TextUnstorable),
        ({"stages": (PlaybookStage(title="\0"),)}, TextUnstorable),
        ({"stages": (PlaybookStage(title="s", tasks=(PlaybookTask(title="\0"),)),)}, TextUnstorable),
        ({"stages": (PlaybookStage(title="s"),) * 101}, PlaybookTooLarge),
        ({"stages": (PlaybookStage(title="s", tasks=(PlaybookTask(title="t"),) * 1001),)}, PlaybookTooLarge),
        ({"member_ids": tuple(f"m{number}" for number in range(1001))}, PlaybookTooLarge),
        ({"reminder_timer_default_s": -1}, ReminderOutOfRange),
    ],
)
def test_what_is_too_much_is_refused(content: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        a_playbook(**content).content.checked()


def test_an_edit_is_the_next_version() -> None:
    playbook = a_playbook()

    edited = playbook.edited(a_playbook(title="Fire").content, at=Millis(2))

    assert (edited.version, edited.content.title, edited.create_at, edited.update_at) == (2, "Fire", 1, 2)


def test_deleting_twice_keeps_the_first_time() -> None:
    deleted = a_playbook().deleted(at=Millis(2))

    assert deleted.deleted(at=Millis(3)) == deleted


def test_only_a_playbook_in_use_starts_incidents_of_its_team() -> None:
    a_playbook().check_usable_in("team")
    with pytest.raises(PlaybookOfOtherTeam):
        a_playbook().check_usable_in("elsewhere")
    with pytest.raises(PlaybookDeleted):
        a_playbook().deleted(at=Millis(2)).check_usable_in("team")
