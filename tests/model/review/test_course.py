"""How an incident went, beside its gaps."""

from tests.model.review.telling import Telling


def minutes(story: Telling) -> dict[str, int]:
    return {stage.title: stage.active_ms // 60_000 for stage in story.review().course.stages}


def test_time_in_a_stage_is_counted_over_all_visits() -> None:
    story = Telling()
    story.go(10, "mend")
    story.go(30, "look")
    story.go(35, "close")
    story.end(40)

    assert minutes(story) == {"look": 15, "mend": 20, "close": 5}
    assert [stage.entered for stage in story.review().course.stages] == [2, 1, 1]


def test_what_was_skipped_is_known_when_it_has_ended() -> None:
    story = Telling(closed=("i",))
    for minute, task in enumerate("abcdefgh", start=1):
        story.tick(minute, task)
    story.untick(9, "a")
    story.go(10, "close")
    assert story.review().course.skipped == ()

    story.end(11)

    found = story.review().course
    assert [one.title for one in found.skipped] == ["a", "j"]
    assert [one.title for one in found.passed_stages] == ["mend"]


def test_a_task_is_late_if_a_later_stage_was_active() -> None:
    story = Telling()
    onward = story.go(5, "mend")
    late = story.tick(6, "a")
    story.tick(7, "e")

    [found] = story.review().course.late

    assert found.title == "a"
    assert [one.sequence for one in found.evidence] == [onward.sequence, late.sequence]


def test_what_was_done_or_run_again_and_added_by_hand() -> None:
    story = Telling()
    story.tick(1, "a")
    story.untick(2, "a")
    story.tick(3, "a")
    story.run(4, "b")
    story.run(5, "b")
    story.run(6, "c")
    story.add(7, "call the bank")

    found = story.review().course

    assert [(one.title, one.count) for one in found.repeated] == [("a", 2), ("b", 2)]
    assert [one.title for one in found.by_hand] == ["call the bank"]


def test_what_each_did_is_told_of_three_or_more_people_only() -> None:
    story = Telling()
    story.tick(1, "a")
    story.say(2, "ben")
    story.join(3, "dee")
    assert story.review().course.people == ()

    story.say(4, "cy")

    people = {one.user_id: one for one in story.review().course.people}
    assert people.keys() == {"ana", "ben", "cy"}
    assert (people["ben"].tasks, people["ben"].posts) == (1, 1)
