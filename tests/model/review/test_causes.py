"""Why nothing was completed: each cause by what shows it, and what shows nothing."""

import pytest

from commandpost.incidents.model.review.durations import Past
from commandpost.incidents.model.review.evidence import Cause, Detail
from commandpost.incidents.model.timeline import RunOutcome
from commandpost.kernel.clock import MINUTE_MS
from tests.model.review.telling import Telling, ending, lively, past

DAY = 24 * 60


def cause(story: Telling) -> tuple[Cause, Detail] | None:
    found = story.cause()
    return (found.cause, found.detail) if found else None


def test_a_gap_in_which_all_went_as_ever_is_unexplained() -> None:
    story = lively()
    story.assign(15, "e", "ben")

    assert cause(ending(story)) is None


def test_nobody_was_assigned_until_late() -> None:
    story = lively()
    given = story.assign(50, "e", "ben")

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.detail, found.user_ids) == (Cause.UNASSIGNED, Detail.LATE, ("ben",))
    assert given.sequence in [one.sequence for one in found.evidence]
    assert found.until == given.at


def test_nobody_was_ever_assigned_though_to_other_tasks_somebody_was() -> None:
    assert cause(ending(lively())) == (Cause.UNASSIGNED, Detail.NEVER)


def test_that_nobody_is_assigned_explains_nothing_where_nobody_ever_is() -> None:
    story = lively()
    ended = ending(story)
    ended.entries = [entry for entry in ended.entries if entry.payload.kind != "task_assigned"]

    assert cause(ended) is None


def test_the_task_was_taken_from_somebody_and_lay_there() -> None:
    story = lively()
    story.assign(10, "e", "cy")
    taken = story.assign(17, "e", "", old="cy")
    given = story.assign(50, "e", "ben")

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.detail, found.since) == (Cause.UNASSIGNED, Detail.LATE, taken.at)
    assert [one.sequence for one in found.evidence][:2] == [taken.sequence, given.sequence]


def test_that_nobody_is_assigned_explains_nothing_once_somebody_has_begun() -> None:
    story = lively()
    story.take_up(20, "e")

    assert cause(ending(story)) is None


def test_the_assignee_was_away_as_their_presence_says() -> None:
    story = lively(quiet=("ben",))
    story.assign(15, "e", "ben")
    story.turn(0, "ben", "online")
    story.turn(17, "ben", "away")
    story.turn(52, "ben", "online")

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.detail, found.user_ids) == (Cause.ASSIGNEE_AWAY, Detail.AWAY, ("ben",))
    assert [(one.user_id, one.status) for one in found.evidence if not one.sequence] == [("ben", "away")]


def test_what_somebody_says_once_they_are_back_does_not_speak_against_their_absence() -> None:
    story = lively(quiet=("ben",))
    story.assign(15, "e", "ben")
    story.turn(0, "ben", "online")
    story.turn(17, "ben", "away")
    story.turn(52, "ben", "online")
    for minute in (52.5, 53, 54):
        story.say(minute, "ben", asks=False)

    assert cause(ending(story)) == (Cause.ASSIGNEE_AWAY, Detail.AWAY)


def test_somebody_away_who_acts_all_the_same_explains_little() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.turn(0, "ben", "away")

    assert cause(ending(story)) is None


def test_the_assignee_had_left_the_channel() -> None:
    story = lively(quiet=("ben",))
    story.assign(15, "e", "ben")
    story.leave(18, "ben")
    story.join(55, "ben")

    assert cause(ending(story, by="cy")) == (Cause.ASSIGNEE_AWAY, Detail.LEFT)


def test_the_assignee_was_silent_while_others_were_not() -> None:
    story = lively(quiet=("ben",))
    story.assign(15, "e", "ben")

    assert cause(ending(story)) == (Cause.ASSIGNEE_AWAY, Detail.SILENT)


@pytest.mark.parametrize(
    ("heard_in_turn", "expected"), [(3, (Cause.ASSIGNEE_AWAY, Detail.SILENT)), (0, None)]
)
def test_silence_is_judged_by_how_much_is_heard_of_whose_turn_it_is(
    heard_in_turn: int, expected: tuple[Cause, Detail] | None
) -> None:
    """Dee, who has done little so far, is silent; of those before her something was heard, or as little."""
    story = Telling()
    for who in ("ana", "ben", "cy", "dee"):
        story.join(0, who)
    for at, (task, whose) in enumerate(zip("abcd", ("ben", "cy", "ben", "cy"), strict=True)):
        story.assign(5 * at, task, whose)
        for said in range(heard_in_turn):
            story.say(5 * at + 1 + said, whose, asks=False)
        story.say(5 * at + 4, "ana", asks=False)
        story.say(5 * at + 4.5, "ana" if at else "dee", asks=False)
        story.tick(5 * at + 5, task, by=whose)
    story.assign(20, "e", "dee")
    for minute in (22, 26, 30, 34, 38, 42):
        story.say(minute, ("ana", "ben", "cy")[minute // 4 % 3], asks=False)
    story.tick(45, "e", by="dee")
    story.end(47)

    assert cause(story) == expected


def test_the_silence_of_the_assignee_explains_nothing_where_all_fell_silent() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    for minute in (17, 18, 54, 55):
        story.say(minute, "cy", asks=False)

    assert cause(ending(story)) == (Cause.NO_ACTIVITY, Detail.NONE)


def test_an_assignee_who_waits_for_an_answer_is_not_away() -> None:
    story = lively(quiet=("ben",))
    story.join(0, "dee")
    story.assign(15, "e", "ben")
    story.say(18, "ben", asks=True, to=("dee",))
    story.say(50, "dee", asks=False)

    assert cause(ending(story)) == (Cause.AWAITING_ANSWER, Detail.ANSWERED)


def test_the_commander_changed() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.command(39, "cy")
    story.write(40, "cy", "let me catch up first")

    assert cause(ending(story)) == (Cause.COMMANDER_CHANGED, Detail.NONE)


def test_a_change_of_commander_counts_less_where_mostly_others_were_active() -> None:
    def score(who: str) -> float:
        story = lively(is_heard=False)
        story.assign(15, "e", "ben")
        for minute in range(17, 55, 2):
            story.say(minute, who, asks=False)
        story.command(39, "cy")
        claims = ending(story).gap().causes
        return sum(claim.score for claim in claims if claim.cause is Cause.COMMANDER_CHANGED)

    assert score("ana") > score("ben")


def test_a_new_commander_of_whom_nothing_is_heard_while_others_work_on_explains_nothing() -> None:
    story = lively(quiet=("cy",))
    story.assign(15, "e", "ben")
    story.command(39, "cy")

    assert cause(ending(story)) != (Cause.COMMANDER_CHANGED, Detail.NONE)


@pytest.mark.parametrize(
    ("outcomes", "detail"),
    [((RunOutcome.FAILED, RunOutcome.OK), Detail.FAILED), ((RunOutcome.OK,) * 2, Detail.REPEATED)],
)
def test_the_command_failed_or_was_run_again(outcomes: tuple[RunOutcome, ...], detail: Detail) -> None:
    story = lively()
    story.assign(15, "e", "ben")
    for number, outcome in enumerate(outcomes):
        story.run(20 + 15 * number, "e", outcome)

    assert cause(ending(story)) == (Cause.COMMAND_FAILED, detail)


def test_one_run_that_went_well_explains_nothing() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.run(20, "e")

    assert cause(ending(story)) is None


def test_a_failure_that_was_made_good_within_a_moment_explains_nothing() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.run(20, "e", RunOutcome.FAILED)
    story.run(20.5, "e")

    assert cause(ending(story)) is None


def test_a_stage_that_was_passed_over_was_returned_to() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    over = story.go(15, "close")
    back = story.go(45, "mend")

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.detail) == (Cause.STAGE_RETURNED, Detail.RETURNED)
    assert [one.sequence for one in found.evidence] == [over.sequence, back.sequence]


def test_a_stage_that_was_left_for_a_moment_explains_nothing() -> None:
    story = lively()
    story.go(12, "mend")
    story.assign(15, "e", "ben")
    story.go(30, "close")
    story.go(30.5, "mend")

    assert cause(ending(story)) is None


def test_the_answer_to_a_question_took_most_of_the_time() -> None:
    story = lively(quiet=("ana", "cy"))
    story.assign(15, "e", "ben")
    story.say(18, "ben", asks=True, to=("cy",))
    story.say(52, "cy", asks=False)

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.detail) == (Cause.AWAITING_ANSWER, Detail.ANSWERED)
    assert found.user_ids == ("ben", "cy")


def test_talk_about_other_things_is_no_answer_to_a_question_to_all() -> None:
    """Ben asks, and goes on only after what Cy says; what Ana says before leaves him where he was."""
    story = lively(quiet=("ana", "ben", "cy"))
    story.assign(15, "e", "ben")
    story.say(18, "ben", asks=True)
    story.say(30, "ana", asks=False)
    story.say(52, "cy", asks=False)
    story.say(53, "ben", asks=False)

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.until) == (Cause.AWAITING_ANSWER, story.at(52))


def test_where_texts_are_unknown_a_late_reply_in_a_thread_is_an_answer() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    root = story.say(18, "ben")
    story.say(50, "cy", root=root)

    assert cause(ending(story)) == (Cause.AWAITING_ANSWER, Detail.ANSWERED)


def test_a_question_that_is_answered_at_once_explains_nothing() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.say(18, "ben", asks=True)

    assert cause(ending(story)) is None


def test_nobody_did_anything() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")

    found = ending(story).cause()

    assert found is not None
    assert found.cause is Cause.NO_ACTIVITY
    assert len(found.evidence) == 2


def overnight(*, hours: str) -> Telling:
    story = Telling(zero=Telling().at(7 * 60))
    for who in ("ana", "ben"):
        story.join(0, who, hours=hours, zone="UTC")
    story.join(0, "robot", bot=True)
    for minute, task in (
        (10, "a"),
        (20, "b"),
        (30, "c"),
        (40, "d"),
        (17 * 60 + 10, "e"),
        (17 * 60 + 20, "f"),
    ):
        story.assign(minute - 5 if minute < 100 else 45, task, "ben")
        story.tick(minute, task)
    story.end(17 * 60 + 30)
    return story


def test_how_lively_an_incident_is_does_not_depend_on_the_night_in_it() -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    ending(story)
    story.entries.pop()
    story.assign(65, "i", "ben")
    story.tick(DAY, "i")
    story.end(DAY + 5)

    by_task = {gap.interval.key: gap.causes[0].cause for gap in story.review().gaps if gap.causes}

    assert by_task["e"] is Cause.NO_ACTIVITY


@pytest.mark.parametrize("is_restarted", [False, True])
def test_what_is_done_a_day_after_the_end_says_nothing_about_how_lively_it_was(is_restarted: bool) -> None:
    story = lively(is_heard=False)
    story.assign(15, "e", "ben")
    ending(story)
    if is_restarted:
        story.restart(DAY)
        story.end(DAY + 1)
    else:
        story.say(DAY, "ana", asks=False)

    gap = next(gap for gap in story.review().gaps if gap.interval.key == "e")
    assert [claim.cause for claim in gap.causes] == [Cause.NO_ACTIVITY]


def test_that_nobody_was_active_where_all_had_gone_home_is_no_cause_of_its_own() -> None:
    found = overnight(hours="Mon-Fri 9-17").gap()

    assert [claim.cause for claim in found.causes] == [Cause.OUTSIDE_HOURS]


def test_it_was_outside_the_working_hours_of_all_members() -> None:
    found = overnight(hours="Mon-Fri 9-17").cause()

    assert found is not None
    assert (found.cause, found.count) == (Cause.OUTSIDE_HOURS, 2)


@pytest.mark.parametrize("hours", ["24/7", "", "sometimes"])
def test_working_hours_that_are_always_or_unknown_explain_nothing(hours: str) -> None:
    assert cause(overnight(hours=hours)) != (Cause.OUTSIDE_HOURS, Detail.NONE)


def test_the_task_takes_that_long_as_earlier_runs_show() -> None:
    story = lively()
    story.past = past(35, 42, 45)
    story.assign(15, "e", "ben")

    found = ending(story).cause()

    assert found is not None
    assert (found.cause, found.count) == (Cause.USUAL_LENGTH, 3)


def test_what_took_so_long_in_two_of_many_runs_is_not_usual() -> None:
    assert usual_after(5, 5, 6, 6, 38, 45) is None
    assert usual_after(45) is None
    assert usual_after(5, 5, 45) is None
    assert usual_after(38, 45) is Cause.USUAL_LENGTH
    assert usual_after(5, 38, 45) is Cause.USUAL_LENGTH
    assert usual_after(120, 300) is None, "of few runs, much longer ones say nothing"
    assert usual_after(5, 5, 6, 30, 38, 45) is Cause.USUAL_LENGTH


def test_what_takes_long_as_often_as_all_else_is_not_usual_of_one_task() -> None:
    minutes = (5, 5, 6, 6, 38, 42, 45)
    lengths = {task: tuple(length * MINUTE_MS for length in minutes) for task in "abcdefghij"}
    story = lively()
    story.past = Past(len(minutes), {"e": lengths["e"]})
    story.assign(15, "e", "ben")
    assert cause(ending(story)) == (Cause.USUAL_LENGTH, Detail.NONE)

    story.past = Past(len(minutes), lengths)

    assert cause(story) is None


def usual_after(*lengths: int) -> Cause | None:
    story = lively()
    story.past = past(*lengths)
    story.assign(15, "e", "ben")
    found = cause(ending(story))
    return found[0] if found else None


def test_several_causes_are_ranked() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.run(20, "e", RunOutcome.FAILED)
    story.command(39, "cy")
    story.write(40, "cy", "let me catch up first")

    scores = [(claim.cause, claim.score) for claim in ending(story).gap().causes]

    assert [found for found, _ in scores][:2] == [Cause.COMMAND_FAILED, Cause.COMMANDER_CHANGED]
    assert scores == sorted(scores, key=lambda one: -one[1])
