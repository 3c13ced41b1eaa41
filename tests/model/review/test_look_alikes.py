"""What looks like a cause and is none, and which of several causes held things up for longest."""

import pytest

from commandpost.incidents.model.review.evidence import Cause, Detail
from tests.model.review.telling import Telling, ending, lively


def causes(story: Telling) -> list[tuple[Cause, Detail]]:
    return [(claim.cause, claim.detail) for claim in story.gap().causes]


def overnight() -> Telling:
    """A day's work from four o'clock on, of which the last two tasks are done the next morning."""
    story = Telling(zero=Telling().at(7 * 60))
    for who in ("ana", "ben", "cy"):
        story.join(0, who, hours="Mon-Fri 9-17", zone="UTC")
        story.turn(0, who, "online")
    for minute, task in ((10, "a"), (20, "b"), (30, "c"), (40, "d")):
        story.assign(minute - 8, task, "ben")
        story.say(minute - 4, "cy", asks=False)
        story.tick(minute, task)
    return story


def next_morning(story: Telling) -> Telling:
    story.tick(17 * 60 + 10, "e")
    story.assign(17 * 60 + 11, "f", "ben")
    story.tick(17 * 60 + 20, "f")
    story.end(17 * 60 + 30)
    return story


def test_who_is_offline_where_all_have_gone_home_is_not_away() -> None:
    story = overnight()
    story.assign(45, "e", "ben")
    for who in ("ana", "ben", "cy"):
        story.turn(62, who, "offline")
        story.turn(16 * 60 + 55, who, "online")

    assert causes(next_morning(story)) == [(Cause.OUTSIDE_HOURS, Detail.NONE)]


def test_a_task_that_is_nobodys_overnight_is_not_what_held_it_up() -> None:
    assert causes(next_morning(overnight())) == [(Cause.OUTSIDE_HOURS, Detail.NONE)]


def test_who_comes_and_writes_once_all_is_over_says_nothing_about_the_night_before() -> None:
    story = next_morning(overnight())
    for number in range(9):
        story.join(18 * 60, f"reader{number}")
        story.say(33 * 60 + number, f"reader{number}", asks=False)

    assert causes(story) == [(Cause.OUTSIDE_HOURS, Detail.NONE)]


def test_what_is_done_shortly_after_hours_does_not_speak_against_a_night() -> None:
    story = overnight()
    story.assign(45, "e", "ben")
    for minute, task in ((61, "i"), (62, "j"), (63, "g")):
        story.assign(minute - 1, task, "ben")
        story.tick(minute, task)

    [*_, night] = next_morning(story).review().gaps

    assert [claim.cause for claim in night.causes] == [Cause.OUTSIDE_HOURS]


def handed_over(*, heard_after: float, pause: float = 0) -> Telling:
    """Ana hands over to Cy, who is heard so many minutes later; Ben works on, but for a pause around that."""
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    for minute in range(17, 56, 3):
        if not 36 - pause < minute < 36 + pause:
            story.say(minute, "ben", asks=False)
    story.command(36, "cy")
    for minute in range(0, 16, 4):
        if 36 + heard_after + minute < 56:
            story.say(36 + heard_after + minute, "cy", asks=False)
    return ending(story)


@pytest.mark.parametrize(("heard_after", "pause"), [(0.5, 0), (0.5, 5), (8, 0)])
def test_a_change_of_commander_held_nothing_up_if_all_went_on(heard_after: float, pause: float) -> None:
    assert causes(handed_over(heard_after=heard_after, pause=pause)) == []


@pytest.mark.parametrize(("who", "word"), [("ben", "ok, standing by"), ("cy", "give me time to catch up")])
def test_it_did_if_somebody_says_that_they_wait_or_have_to_find_in(who: str, word: str) -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.command(36, "cy")
    story.write(37, who, word)

    [claim] = ending(story).gap().causes

    assert claim.cause is Cause.COMMANDER_CHANGED


def test_a_change_at_the_beginning_explains_nothing_of_work_that_goes_on_from_then() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.command(16.5, "cy")

    assert causes(ending(story)) == []


@pytest.mark.parametrize(("heard_after", "pause"), [(8, 5), (0.5, 16)])
def test_it_did_if_the_new_one_was_late_or_the_work_stood_still(heard_after: float, pause: float) -> None:
    [claim] = handed_over(heard_after=heard_after, pause=pause).gap().causes

    assert claim.cause is Cause.COMMANDER_CHANGED


def test_a_change_of_commander_that_is_taken_back_at_once_was_a_slip() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.command(36, "cy")
    story.command(36.5, "ana", old="cy")

    assert causes(ending(story)) == []


def test_a_change_in_the_very_moment_of_the_completion_held_nothing_up() -> None:
    story = lively()
    story.command(2, "cy")
    story.assign(15, "e", "ben")
    story.command(56, "ana", old="cy")

    assert causes(ending(story)) == []


def test_whoever_has_begun_with_a_task_is_at_it_whoever_ticks_it_off() -> None:
    story = lively(is_heard=False)
    story.take_up(16.5, "e")
    for minute in range(18, 56, 4):
        story.say(minute, "ben", asks=False)
    story.command(36, "cy")
    story.say(37, "cy", asks=False)
    story.say(50, "cy", asks=False)

    assert causes(ending(story, by="ana")) == []


def test_a_change_of_commander_lasts_from_the_word_of_it_until_the_new_one_is_heard() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    for minute in range(17, 56, 8):
        story.say(minute, "ben", asks=False)
    story.write(24, "ana", "@cy takes over from here")
    story.command(33, "cy")
    story.write(34, "cy", "let me read up first")
    story.write(46, "cy", "right, go on please")
    story.write(52, "cy", "next is the second node")

    [claim] = ending(story).gap().causes

    assert claim.cause is Cause.COMMANDER_CHANGED
    assert (claim.since, claim.until) == (story.at(24), story.at(46))


def test_that_somebody_takes_over_is_told_not_asked() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    story.write(18, "ana", "@cy takes over from here")
    for minute in range(20, 56, 9):
        story.say(minute, "ben", asks=False)
    story.command(40, "cy")
    story.say(54, "cy", asks=False)

    assert Cause.AWAITING_ANSWER not in [cause for cause, _ in causes(ending(story))]


def test_of_two_causes_the_one_that_held_it_up_for_longer_comes_first() -> None:
    story = lively(is_heard=False)
    for minute in range(17, 55, 6):
        story.say(minute, "ana", asks=False)
        story.say(minute + 3, "cy", asks=False)
    story.go(17, "close")
    story.go(25, "mend")
    story.assign(53, "e", "ben")

    assert [cause for cause, _ in causes(ending(story))] == [Cause.UNASSIGNED, Cause.STAGE_RETURNED]


@pytest.mark.parametrize(
    ("before", "after"), [("brb, lunch", "on it"), ("ok", "bin wieder da"), ("ok", "sorry, was in a meeting")]
)
def test_who_says_that_they_go_or_are_back_was_away_even_if_they_say_little(before: str, after: str) -> None:
    story = lively(quiet=("ana", "ben", "cy"))
    story.join(0, "dee")
    story.assign(15, "e", "dee")
    story.write(17, "dee", before)
    for minute in (24, 33, 43):
        story.say(minute, "cy", asks=False)
    story.write(54, "dee", after)

    assert causes(ending(story, by="dee"))[:1] == [(Cause.ASSIGNEE_AWAY, Detail.SILENT)]


def test_without_such_a_word_the_same_silence_explains_nothing() -> None:
    story = lively(quiet=("ana", "ben", "cy"))
    story.join(0, "dee")
    story.assign(15, "e", "dee")
    story.write(17, "dee", "ok")
    for minute in (24, 33, 43):
        story.say(minute, "cy", asks=False)
    story.write(54, "dee", "on it")

    assert causes(ending(story, by="dee")) == []


def test_who_does_something_is_there_again_whatever_their_status_says() -> None:
    story = lively(quiet=("ben",))
    story.assign(15, "e", "ben")
    story.turn(0, "ben", "online")
    story.turn(17, "ben", "away")
    for minute in (50, 52, 54):
        story.say(minute, "ben", asks=False)

    [claim, *_] = ending(story).gap().causes

    assert (claim.detail, claim.since, claim.until) == (Detail.AWAY, story.at(17), story.at(50))


def test_a_task_that_is_passed_on_at_once_is_theirs_who_had_it_longest() -> None:
    story = lively()
    story.join(0, "dee")
    story.assign(16.2, "e", "ben")
    story.assign(16.6, "e", "dee", old="ben")
    story.leave(18, "dee")
    story.assign(54, "e", "ben", old="dee")

    assert causes(ending(story))[:1] == [(Cause.ASSIGNEE_AWAY, Detail.LEFT)]


def test_a_promise_of_an_answer_is_none() -> None:
    story = lively(quiet=("ana", "ben", "cy"))
    story.assign(15, "e", "ben")
    story.write(18, "ben", "@cy which version is live?")
    story.write(19, "cy", "checking, give me a bit")
    story.say(35, "ana", asks=False)
    story.write(52, "cy", "the second one")

    [claim, *_] = ending(story).gap().causes

    assert (claim.cause, claim.until) == (Cause.AWAITING_ANSWER, story.at(52))


def test_what_was_said_before_somebody_says_that_they_still_wait_was_no_answer() -> None:
    story = lively(quiet=("ana", "ben", "cy"))
    story.assign(15, "e", "ben")
    story.write(18, "ben", "does anybody know who owns the relay")
    story.say(19, "ana", asks=False)
    story.write(34, "ben", "still waiting for that")
    story.write(50, "cy", "that is the platform team's")
    story.write(51, "ben", "thanks")

    [claim, *_] = ending(story).gap().causes

    assert (claim.cause, claim.until) == (Cause.AWAITING_ANSWER, story.at(50))


def never_assigned(story: Telling) -> Telling:
    """The same in a team in which nobody is ever assigned."""
    story.entries = [entry for entry in story.entries if entry.payload.kind != "task_assigned"]
    return story


def test_a_task_that_lay_there_explains_a_gap_also_where_nobody_is_ever_assigned() -> None:
    story = lively(quiet=("ben",))
    story.write(52, "ben", "nobody had this one, taking it")

    [claim] = never_assigned(ending(story)).gap().causes

    assert (claim.cause, claim.detail) == (Cause.UNASSIGNED, Detail.NEVER)
    assert (claim.since, claim.until) == (story.at(16), story.at(52))


@pytest.mark.parametrize("word", ["taking it", "@cy which node do you mean?"])
def test_whoever_takes_it_early_or_asks_about_it_does_not_let_it_lie(word: str) -> None:
    story = lively(quiet=("ben",))
    story.write(18, "ben", word)
    story.say(19, "cy", asks=False)

    assert Cause.UNASSIGNED not in [cause for cause, _ in causes(never_assigned(ending(story)))]


def test_whoever_cannot_go_on_waits_until_they_do_whatever_others_talk_about() -> None:
    story = lively(quiet=("ben",))
    story.assign(15, "e", "ben")
    story.write(18, "ben", "does anybody know the path? I am blocked until then")
    story.write(19, "cy", "nice weather today")
    story.write(52, "ben", "found it, going on")

    claim = ending(story).cause()

    assert claim is not None
    assert (claim.cause, claim.since, claim.until) == (
        Cause.AWAITING_ANSWER,
        story.at(18),
        story.at(52),
    )


def test_the_question_of_somebody_else_holds_nothing_up_while_who_does_it_works_on() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    for minute in range(18, 56, 5):
        story.write(minute, "ben", f"part {minute} is through")
    story.write(20, "cy", "who named this service?")

    assert causes(ending(story)) == []


def test_of_many_words_the_one_to_who_asked_before_they_go_on_is_the_answer() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    story.write(18, "ben", "which node is it?")
    story.write(19, "cy", "graphs look the same")
    story.write(30, "ben", "noted")
    answer = story.write(53, "ana", "@ben the second one")

    claim = ending(story).cause()

    assert claim is not None
    assert (claim.cause, claim.until) == (Cause.AWAITING_ANSWER, story.at(53))
    assert [entry.payload.post_id for entry in story.entries if entry.at == claim.until] == [answer]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("ben", "what was the limit?"), ("cy", "@ben it was 500")),
        (None, ("cy", "I take over from @ana, let us see")),
    ],
)
def test_who_answers_or_takes_over_asks_nothing(
    before: tuple[str, str] | None, after: tuple[str, str]
) -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    if before:
        story.write(18, *before)
    else:
        story.command(18.5, "cy")
    story.write(19, *after)
    for minute in range(21, 55, 4):
        story.say(minute, "dan", asks=False)
    for who in ("ana", "ben"):
        story.say(54, who, asks=False)

    assert Cause.AWAITING_ANSWER not in [cause for cause, _ in causes(ending(story))]


@pytest.mark.parametrize(("others", "is_said"), [((), False), (("cy",), True)])
def test_who_is_alone_needs_no_assignment(others: tuple[str, ...], is_said: bool) -> None:
    story = Telling()
    for who in ("ana", *others):
        story.join(0, who)
    story.assign(0, "a", "ana")
    for minute, task in ((1, "a"), (2, "b"), (3, "c"), (4, "d"), (100, "e"), (101, "f")):
        story.tick(minute, task, by="ana")
    story.end(102)

    assert ((Cause.UNASSIGNED, Detail.NEVER) in causes(story)) is is_said


def test_where_nobody_is_ever_assigned_that_explains_nothing_unless_somebody_says_so() -> None:
    story = lively(quiet=("ben",))

    assert Cause.UNASSIGNED not in [cause for cause, _ in causes(never_assigned(ending(story)))]


def test_who_waits_for_a_new_commander_may_be_silent_meanwhile() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    story.command(18, "cy")
    story.write(19, "cy", "lese mich ein")
    story.write(20, "ben", "ok, ich warte ab")
    story.write(54, "cy", "ich bin im Bild")

    assert (Cause.COMMANDER_CHANGED, Detail.NONE) in causes(ending(story))
