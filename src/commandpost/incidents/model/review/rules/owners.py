"""Who should have done the task: nobody, or somebody who was not there."""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail, Evidence, seen
from commandpost.incidents.model.review.ownership import Owned, assignee_of
from commandpost.incidents.model.review.working_hours import Span
from commandpost.incidents.model.timeline import Entry, MemberLeft, TaskTicked
from commandpost.kernel.clock import Millis

_MOST = 0.55
"""A state has to hold for so much of the time to explain it."""

_IDLE = 0.6
"""Who is silent for so much of a time at a stretch was not at the task."""

_NEARLY_ALL = 0.95
_NATS_TO_BE_SURE = 3.0
"""How surprising a silence must be (negative logarithm of its chance: one in twenty) to count in full."""


def unassigned(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Nobody was assigned, until late or at all."""
    task = window.closing
    if not isinstance(task, TaskTicked) or chronicle.is_of_one:
        return None
    entries = [one for one in chronicle.assignments.get(task.task_id, []) if one.at <= window.until]
    since, until, around = _longest_without(entries, window)
    closing = chronicle.entry_at(window.last)
    taken_up = _taken_up(chronicle, task.task_id, closing.actor_id, since, until)
    until = max(since, taken_up.at) if taken_up else until
    held = chronicle.expected_at_work(since, until) / window.length_ms
    if held < _MOST:
        return None
    given = around[-1] if around and assignee_of(around[-1]) else None
    was_idle = not _was_at_it(chronicle, closing.actor_id, since, until)
    return Claim(
        cause=Cause.UNASSIGNED,
        detail=Detail.LATE if given else Detail.NEVER,
        score=0.85 * held if given or taken_up else 0.65,
        by_length=1.0 if given or taken_up or (was_idle and chronicle.assignments) else 0.0,
        since=since,
        until=until,
        evidence=seen(*around, *([taken_up] if taken_up else []), closing),
        user_ids=(assignee_of(given),) if given else (),
    )


def _was_at_it(chronicle: Chronicle, user_id: str, since: Millis, until: Millis) -> bool:
    """Whether somebody asked or waited, or was never silent for most of a time."""
    said = [chronicle.talk_of(act) for act in chronicle.between(since, until, chronicle.acts_of(user_id))]
    has_asked = any(talk and (talk.asks or talk.waits) for talk in said)
    return has_asked or chronicle.share_silent(user_id, since, until) < _IDLE


def _taken_up(chronicle: Chronicle, task_id: str, user_id: str, since: Millis, until: Millis) -> Entry | None:
    """What says first that somebody began with a task, or that who did it takes it."""
    begun = [one for one in chronicle.taken_up.get(task_id, []) if one.at <= until]
    own = chronicle.between(since, until, chronicle.acts_of(user_id))
    said = [act for act in own if (talk := chronicle.talk_of(act)) and talk.takes]
    return min((*begun[:1], *said[:1]), key=lambda entry: entry.at, default=None)


def _longest_without(entries: Sequence[Entry], window: Interval) -> tuple[Millis, Millis, list[Entry]]:
    """The longest time in a window in which a task was nobody's, and the entries that say so."""
    longest = (window.since, window.since, list[Entry]())
    for entry, after in pairwise([None, *entries, None]):
        if entry is not None and assignee_of(entry):
            continue
        since = max(entry.at, window.since) if entry else window.since
        until = min(after.at, window.until) if after else window.until
        if until - since > longest[1] - longest[0]:
            longest = (since, until, [one for one in (entry, after) if one])
    return longest


def away(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Whose task it was, or the commander where only the end was left, was away, gone or silent."""
    owned = chronicle.owned(window)
    if owned is None:
        return None
    claims = [_gone(chronicle, window, owned), _absent(chronicle, window, owned)]
    if isinstance(window.closing, TaskTicked):
        claims.append(_silent(chronicle, window, owned))
    return max((claim for claim in claims if claim), key=lambda claim: claim.score, default=None)


def _gone(chronicle: Chronicle, window: Interval, owned: Owned) -> Claim | None:
    """They left the channel, before or early in the window, and did not come back in time."""
    moves = [one for one in chronicle.people.get(owned.user_id, []) if one.at <= window.until]
    for entry, after in pairwise([*moves, None]):
        if entry is None or not isinstance(entry.payload, MemberLeft):
            continue
        since = max(entry.at, owned.since)
        until = min(after.at, owned.until) if after else owned.until
        held = chronicle.expected_at_work(since, until) / window.length_ms
        if held >= _MOST:
            return _claim(Detail.LEFT, 0.9 * held, since, until, owned, seen(entry, *owned.entries))
    return None


def _absent(chronicle: Chronicle, window: Interval, owned: Owned) -> Claim | None:
    """Presence says that they were away, and they did nothing meanwhile."""
    missing, changes = chronicle.away(owned.user_id, owned.since, owned.until)
    held = sum(chronicle.expected_at_work(begin, end) for begin, end in missing) / window.length_ms
    if held < _MOST:
        return None
    score = (0.5 + 0.45 * held) * (1 - _usually_away(chronicle, window, owned.user_id) / 2)
    said = tuple(Evidence(at=one.at, user_id=one.user_id, status=one.status) for one in changes)
    return _claim(
        Detail.AWAY,
        score,
        Millis(missing[0][0]),
        Millis(missing[-1][1]),
        owned,
        (*said, *seen(*owned.entries)),
    )


def _usually_away(chronicle: Chronicle, window: Interval, user_id: str) -> float:
    """For which part of the rest of the incident somebody was away: of those who often are it says less."""
    whole = sum(_total(chronicle.away(user_id, since, until)[0]) for since, until in chronicle.spans)
    here = _total(chronicle.away(user_id, window.since, window.until)[0])
    rest = chronicle.ongoing_ms - window.length_ms
    return max(0, whole - here) / rest if rest > 0 else 0.0


def _total(spans: Sequence[Span]) -> int:
    return sum(end - begin for begin, end in spans)


def _silent(chronicle: Chronicle, window: Interval, owned: Owned) -> Claim | None:
    """They were silent for longer than is theirs, while others were not."""
    acts = chronicle.acts_of(owned.user_id)
    moments = [owned.since, *(one.at for one in acts if owned.since < one.at < owned.until), owned.until]
    since, until = max(pairwise(moments), key=lambda span: span[1] - span[0])
    others = [one for one in chronicle.acts_in(since, until) if one.actor_id != owned.user_id]
    said = _said_so(chronicle, owned.user_id, window, since, until)
    if len(others) < 2 or chronicle.expected_at_work(since, until) < _MOST * window.length_ms:
        return None
    if _all_were_silent(others, since, until) or _waited(chronicle, owned.user_id, window, since, until):
        return None
    asked = [one for one in others if owned.user_id in chronicle.mentioned_in(one)]
    ticked_by = chronicle.entry_at(window.last).actor_id
    surprise = _surprise(chronicle, window, owned.user_id, since, until) + 1.5 * len(asked)
    surprise += (2.0 if owned.passed_on else 0.0) + (1.0 if ticked_by != owned.user_id else 0.0)
    score = 0.8 if said else 0.75 * min(1.0, surprise / _NATS_TO_BE_SURE)
    evidence = seen(*owned.entries, *said, *(asked or others)[:3], chronicle.entry_at(window.last))
    return _claim(Detail.SILENT, score, since, until, owned, evidence)


def _said_so(chronicle: Chronicle, user_id: str, window: Interval, since: int, until: int) -> list[Entry]:
    """Their words before and after a silence that say that they go, or are there again."""
    own = chronicle.acts_of(user_id)
    around = [act for act in own if act.at <= since][-1:] + [act for act in own if act.at >= until][:1]
    around = [act for act in around if window.since <= act.at <= window.until]
    return [act for act in around if (talk := chronicle.talk_of(act)) and talk.is_gone_or_back]


def _surprise(chronicle: Chronicle, window: Interval, user_id: str, since: Millis, until: Millis) -> float:
    """How unlikely it was to hear nothing of them for so long.

    That is judged by what is heard of them otherwise, and of whoever has the task here while it is
    their turn: who works says more than who looks on. What would make it less of a surprise is left out.
    """
    theirs = _unlikely(
        chronicle, since, until, chronicle.pace(window, [user_id]), chronicle.share_of([user_id], window)
    )
    in_turn = _unlikely(chronicle, since, until, *chronicle.heard_in_turn)
    return max(theirs, (theirs + in_turn) / 2)


def _unlikely(chronicle: Chronicle, since: Millis, until: Millis, pace: float, share: float) -> float:
    """How unlikely silence is of somebody who does so much in a millisecond, and that part of all acts.

    The less unlikely of both counts: in a slow hour everybody says less, and in a busy one others say more.
    """
    acts = len(chronicle.acts_in(since, until))
    return min(pace * (until - since), -acts * log(1 - min(share, _NEARLY_ALL)))


def _all_were_silent(others: Sequence[Entry], since: Millis, until: Millis) -> bool:
    """Whether the others were as silent for most of that time: then it says nothing about one of them."""
    moments = [since, *(one.at for one in others), until]
    return max(end - begin for begin, end in pairwise(moments)) >= _MOST * (until - since)


def _waited(chronicle: Chronicle, user_id: str, window: Interval, since: Millis, until: Millis) -> bool:
    """Whether they had asked something and were not told for half of that time: who waits is not away."""
    for post in chronicle.between(window.since - 1, since, chronicle.posts):
        talk = chronicle.talk_of(post)
        if post.actor_id != user_id or talk is None or not (talk.asks or talk.mentions):
            continue
        answer = chronicle.answer_to(post)
        told_at = answer.at if answer else since
        if chronicle.is_stuck(post):
            told_at = chronicle.goes_on_at(post) or until
        if told_at - since >= (until - since) / 2:
            return True
    return False


def _claim(
    detail: Detail, score: float, since: Millis, until: Millis, owned: Owned, evidence: tuple[Evidence, ...]
) -> Claim:
    return Claim(
        cause=Cause.ASSIGNEE_AWAY,
        detail=detail,
        score=score,
        since=since,
        until=until,
        evidence=evidence,
        user_ids=(owned.user_id,),
    )
