"""Waiting and quiet: an answer that did not come, nobody active, nobody at work."""

from itertools import pairwise

from commandpost.incidents.model.review.chronicle import AT_IT, Chronicle, longest_pause
from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail, seen
from commandpost.incidents.model.timeline import CommanderChanged, Entry, PostSeen, TaskAssigned, TaskTicked
from commandpost.kernel.clock import MINUTE_MS, Millis

_MOST = 0.55
_NEARLY_ALL = 0.7
_HALF = 0.5
_EXPECTED_TO_BE_SURE = 4.5
"""So many acts must be missing at the usual pace for a silence to count in full."""

_MAY_HAVE_WORKED = 0.85
"""What a silence counts that ends with the completion itself: somebody may have been at work on it."""

_FEW_ACTS = 2
"""Whoever does no more than that outside their hours is not at work."""

_BY_OTHERS = 0.85
"""What the question of somebody counts who had nothing to do with the task."""

_SHORTLY_BEFORE_MS = 2 * MINUTE_MS
_LATELY_MS = 10 * MINUTE_MS


def awaiting_answer(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Somebody asked in the channel, and the answer took most of the time or did not come."""
    since = window.since - min(_SHORTLY_BEFORE_MS, window.length_ms // 10)
    posts = chronicle.between(since, window.until - int(_HALF * window.length_ms), chronicle.posts)
    asked = [post for post in posts if _may_ask(chronicle, post) and not _tells(chronicle, post, window)]
    concerned = _concerned(chronicle, window)
    claims = [claim for post in asked if (claim := _waiting(chronicle, window, post, concerned))]
    return max(claims, key=lambda claim: claim.score, default=None)


def no_activity(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Nobody did anything for most of the time, which is not what this incident was like."""
    acts = chronicle.acts_in(window.since, window.until)
    ends = [chronicle.entry_at(window.first), *acts, chronicle.entry_at(window.last)]
    before, after = max(pairwise(ends), key=lambda pair: pair[1].at - pair[0].at)
    held = (after.at - before.at) / window.length_ms
    if held < _MOST:
        return None
    quiet = chronicle.expected_at_work(before.at, after.at)
    held = quiet / window.length_ms
    if held < _MOST:
        return None
    expected = chronicle.pace(window) * quiet
    return Claim(
        cause=Cause.NO_ACTIVITY,
        score=0.72
        * min(1.0, expected / _EXPECTED_TO_BE_SURE)
        * min(1.0, held / _NEARLY_ALL)
        * (_MAY_HAVE_WORKED if after.sequence == window.last else 1.0),
        since=before.at,
        until=after.at,
        by_length=1.5,
        evidence=seen(before, after),
    )


def outside_hours(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Most of the time lay outside the working hours of everybody in the channel."""
    _, said, unknown = chronicle.hours
    said = [entry for entry in said if entry.at <= window.until]
    if not said or unknown > len(said):
        return None
    off = 1 - chronicle.worked(window.since, window.until) / window.length_ms
    if off < _MOST:
        return None
    acts = chronicle.acts_in(window.since, window.until)
    busy = chronicle.between(window.since, window.until - 1, chronicle.acts_off_work)
    has_stopped = len(busy) <= _FEW_ACTS or longest_pause(acts, window) >= _MOST * window.length_ms
    return Claim(
        cause=Cause.OUTSIDE_HOURS,
        score=0.92 * off * len(said) / (len(said) + unknown) * (1.0 if has_stopped else 0.6),
        since=window.since,
        until=window.until,
        evidence=seen(*said),
        count=len(said),
        by_length=1.0,
    )


def _may_ask(chronicle: Chronicle, post: Entry) -> bool:
    """Whether a post asks something; where texts are unknown, any post that began a thread may."""
    talk = chronicle.talk_of(post)
    if talk is not None:
        return talk.asks or bool(talk.mentions)
    return isinstance(post.payload, PostSeen) and not post.payload.root_id


def _tells(chronicle: Chronicle, post: Entry, window: Interval) -> bool:
    """Whether a post that mentions somebody only tells them: it hands over command, takes it, or answers."""
    talk = chronicle.talk_of(post)
    if talk is None or not talk.mentions:
        return False
    changes = chronicle.between(window.since, window.until, chronicle.commanders)
    heirs = {one.payload.to_id for one in changes if isinstance(one.payload, CommanderChanged)}
    if post.actor_id == chronicle.commander_at(post.at) and not talk.mentions.isdisjoint(heirs):
        return True
    if talk.asks:
        return False
    return (post.actor_id in heirs and chronicle.commander_at(window.since) in talk.mentions) or any(
        _asked_lately(chronicle, who, post) for who in talk.mentions
    )


def _asked_lately(chronicle: Chronicle, user_id: str, post: Entry) -> bool:
    """Whether the last that somebody said before a post was a question."""
    before = chronicle.between(post.at - _LATELY_MS, post.at - 1, chronicle.acts_of(user_id))
    said = [talk for act in before if (talk := chronicle.talk_of(act))]
    return bool(said) and said[-1].asks


def _waiting(chronicle: Chronicle, window: Interval, post: Entry, concerned: set[str]) -> Claim | None:
    answer = chronicle.answer_to(post)
    talk = chronicle.talk_of(post)
    is_answered = answer is not None and answer.at <= window.until
    if answer is None and talk is None:
        return None
    since = max(window.since, post.at)
    until = answer.at if answer and is_answered else window.until
    if chronicle.is_stuck(post):
        until = min(chronicle.goes_on_at(post) or until, window.until)
    held = (until - since) / window.length_ms
    is_question = talk is not None and talk.asks
    most = min(1.0, held / _NEARLY_ALL)
    score = (0.9 if is_question or talk is None else 0.75) * most if is_answered else 0.55 * held
    score *= 1.0 if post.actor_id in concerned else _BY_OTHERS
    if held < (_HALF if is_answered else _MOST) or (not is_answered and not is_question):
        return None
    doer = chronicle.entry_at(window.last).actor_id
    if doer != post.actor_id and _went_on(chronicle, doer, since, until):
        return None
    asked_of = sorted(talk.mentions) if talk else []
    return Claim(
        cause=Cause.AWAITING_ANSWER,
        detail=Detail.ANSWERED if is_answered else Detail.UNANSWERED,
        score=score,
        since=since,
        until=until,
        evidence=seen(post, *([answer] if answer and is_answered else [])),
        user_ids=(post.actor_id, *asked_of),
    )


def _went_on(chronicle: Chronicle, user_id: str, since: Millis, until: Millis) -> bool:
    """Whether they worked on: were never silent for long, and neither asked nor said that they wait."""
    said = [chronicle.talk_of(act) for act in chronicle.between(since, until - 1, chronicle.acts_of(user_id))]
    if any(talk and (talk.waits or talk.asks) for talk in said):
        return False
    return chronicle.share_silent(user_id, since, until) <= AT_IT


def _concerned(chronicle: Chronicle, window: Interval) -> set[str]:
    """Who led, and who did the task or had it."""
    had = (
        chronicle.assignments.get(window.closing.task_id, [])
        if isinstance(window.closing, TaskTicked)
        else []
    )
    whose = {entry.payload.to_id for entry in had if isinstance(entry.payload, TaskAssigned)}
    return whose | {chronicle.commander_at(window.since), chronicle.entry_at(window.last).actor_id}
