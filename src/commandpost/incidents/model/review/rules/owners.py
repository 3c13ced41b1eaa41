"""Who should have done the task: nobody, or somebody who was not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail, Evidence, seen
from commandpost.incidents.model.timeline import Entry, MemberLeft, TaskAdded, TaskAssigned, TaskTicked
from commandpost.kernel.clock import Millis

_MOST = 0.6
"""A state has to hold for so much of the time to explain it."""

_NEARLY_ALL = 0.95
_NATS_TO_BE_SURE = 3.0
"""How surprising a silence must be (negative logarithm of its chance: one in twenty) to count in full."""


def unassigned(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Nobody was assigned, until late or at all."""
    task = window.closing
    if not isinstance(task, TaskTicked):
        return None
    entries = [one for one in chronicle.assignments.get(task.task_id, []) if one.at <= window.until]
    since, until, around = _longest_without(entries, window)
    taken_up = [one for one in chronicle.taken_up.get(task.task_id, []) if one.at <= until]
    until = max(since, taken_up[0].at) if taken_up else until
    held = (until - since) / window.length_ms
    if held < _MOST:
        return None
    given = around[-1] if around and _assignee(around[-1]) else None
    closing = chronicle.entry_at(window.last)
    return Claim(
        cause=Cause.UNASSIGNED,
        detail=Detail.LATE if given else Detail.NEVER,
        score=0.85 * held if given else 0.65,
        since=since,
        until=until,
        evidence=seen(*around, *taken_up[:1], closing),
        user_ids=(_assignee(given),) if given else (),
    )


def _longest_without(entries: Sequence[Entry], window: Interval) -> tuple[Millis, Millis, list[Entry]]:
    """The longest time in a window in which a task was nobody's, and the entries that say so."""
    longest = (window.since, window.since, list[Entry]())
    for entry, after in pairwise([None, *entries, None]):
        if entry is not None and _assignee(entry):
            continue
        since = max(entry.at, window.since) if entry else window.since
        until = min(after.at, window.until) if after else window.until
        if until - since > longest[1] - longest[0]:
            longest = (since, until, [one for one in (entry, after) if one])
    return longest


def away(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Whose task it was, or the commander where only the end was left, was away, gone or silent."""
    owned = _owned(chronicle, window)
    if owned is None:
        return None
    claims = [_gone(chronicle, window, owned), _absent(chronicle, window, owned)]
    if isinstance(window.closing, TaskTicked):
        claims.append(_silent(chronicle, window, owned))
    return max((claim for claim in claims if claim), key=lambda claim: claim.score, default=None)


@dataclass(frozen=True, slots=True)
class _Owned:
    """Whose turn it was and until when; `entries` say so, `passed_on` that it was taken from them."""

    user_id: str
    since: Millis
    until: Millis
    entries: tuple[Entry, ...]
    passed_on: bool = False


def _owned(chronicle: Chronicle, window: Interval) -> _Owned | None:
    task = window.closing
    if not isinstance(task, TaskTicked):
        leader = chronicle.commander_at(window.since)
        said = tuple(one for one in chronicle.commanders if one.at <= window.since)[-1:]
        return _Owned(leader, window.since, window.until, said) if leader else None
    latest = Millis(window.since + int((1 - _MOST) * window.length_ms))
    entries = [one for one in chronicle.assignments.get(task.task_id, []) if one.at <= window.until]
    early = [one for one in entries if one.at <= latest and _assignee(one)]
    owner = next((one for one in reversed(early) if one.at <= window.since), next(iter(early), None))
    if owner is None:
        return None
    later = next((one for one in entries if one.at > max(window.since, owner.at)), None)
    return _Owned(
        _assignee(owner),
        max(window.since, owner.at),
        later.at if later else window.until,
        (owner, later) if later else (owner,),
        passed_on=later is not None,
    )


def _gone(chronicle: Chronicle, window: Interval, owned: _Owned) -> Claim | None:
    """They left the channel, before or early in the window, and did not come back in time."""
    moves = [one for one in chronicle.people.get(owned.user_id, []) if one.at <= window.until]
    for entry, after in pairwise([*moves, None]):
        if entry is None or not isinstance(entry.payload, MemberLeft):
            continue
        since = max(entry.at, owned.since)
        until = min(after.at, owned.until) if after else owned.until
        held = (until - since) / window.length_ms
        if held >= _MOST:
            return _claim(Detail.LEFT, 0.9 * held, since, until, owned, seen(entry, *owned.entries))
    return None


def _absent(chronicle: Chronicle, window: Interval, owned: _Owned) -> Claim | None:
    """Presence says that they were away, and they did nothing meanwhile."""
    missing, changes = chronicle.away(owned.user_id, owned.since, owned.until)
    held = missing / window.length_ms
    if held < _MOST:
        return None
    busy = [one for one in chronicle.acts_in(owned.since, owned.until) if one.actor_id == owned.user_id]
    score = (0.5 + 0.45 * held) / (1 + len(busy)) * (1 - _usually_away(chronicle, window, owned.user_id) / 2)
    said = tuple(Evidence(at=one.at, user_id=one.user_id, status=one.status) for one in changes)
    return _claim(Detail.AWAY, score, owned.since, owned.until, owned, (*said, *seen(*owned.entries)))


def _usually_away(chronicle: Chronicle, window: Interval, user_id: str) -> float:
    """For which part of the rest of the incident somebody was away: of those who often are it says less."""
    whole = sum(chronicle.away(user_id, since, until)[0] for since, until in chronicle.spans)
    rest = chronicle.ongoing_ms - window.length_ms
    return max(0, whole - chronicle.away(user_id, window.since, window.until)[0]) / rest if rest > 0 else 0.0


def _silent(chronicle: Chronicle, window: Interval, owned: _Owned) -> Claim | None:
    """They were silent for longer than is theirs, while others were not."""
    acts = chronicle.acts_of(owned.user_id)
    moments = [owned.since, *(one.at for one in acts if owned.since < one.at < owned.until), owned.until]
    since, until = max(pairwise(moments), key=lambda span: span[1] - span[0])
    others = [one for one in chronicle.acts_in(since, until) if one.actor_id != owned.user_id]
    if len(others) < 2 or until - since < _MOST * window.length_ms:
        return None
    if _all_were_silent(others, since, until) or _waited(chronicle, owned.user_id, window, since, until):
        return None
    asked = [one for one in others if owned.user_id in chronicle.mentioned_in(one)]
    ticked_by = chronicle.entry_at(window.last).actor_id
    surprise = _surprise(chronicle, window, owned.user_id, since, until) + 1.5 * len(asked)
    surprise += (2.0 if owned.passed_on else 0.0) + (1.0 if ticked_by != owned.user_id else 0.0)
    score = 0.8 * min(1.0, surprise / _NATS_TO_BE_SURE)
    evidence = seen(*owned.entries, *(asked or others)[:3], chronicle.entry_at(window.last))
    return _claim(Detail.SILENT, score, since, until, owned, evidence)


def _surprise(chronicle: Chronicle, window: Interval, user_id: str, since: Millis, until: Millis) -> float:
    """How unlikely it was to hear nothing of them for so long: by their own pace, and by how much others did.

    The less unlikely of both counts: in a slow hour everybody says less, and in a busy one others say more.
    """
    missing = chronicle.pace(window, [user_id]) * (until - since)
    share = min(chronicle.share_of([user_id], window), _NEARLY_ALL)
    return min(missing, -len(chronicle.acts_in(since, until)) * log(1 - share))


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
        if answer is not None and answer.at - since >= (until - since) / 2:
            return True
    return False


def _claim(
    detail: Detail, score: float, since: Millis, until: Millis, owned: _Owned, evidence: tuple[Evidence, ...]
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


def _assignee(entry: Entry) -> str:
    payload = entry.payload
    if isinstance(payload, TaskAssigned):
        return payload.to_id
    return payload.assignee_id if isinstance(payload, TaskAdded) else ""
