"""The command of the incident passed on."""

from collections.abc import Sequence
from math import exp

from commandpost.incidents.model.review.chronicle import AT_IT, Chronicle, longest_pause
from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, seen
from commandpost.incidents.model.timeline import CommanderChanged, Entry, PostSeen, TaskTicked
from commandpost.kernel.clock import MINUTE_MS, Millis

_A_FEW = 2
"""A new commander heard of so often is finding in."""

_A_MOMENT_MS = MINUTE_MS
"""What is taken back so soon was a slip."""

_AT_ONCE_MS = 3 * MINUTE_MS // 2
"""Who says or does something so soon was ready to lead."""

_BUSY = 0.25
"""Where the new commander is not there at once, nobody may have been silent for longer than that part."""

_SILENT = 0.4
"""Where all are silent for longer than that part of a window, it is about more than its command."""


def commander_changed(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Somebody else took command, and has to find their way in.

    Where others work on and less is heard of, or said to, the new commander than was to be expected, it was
    work that went on; where nobody is heard of, it says less. In a window that is most of the incident it may
    be chance.
    """
    changes = _meant(chronicle.between(window.since, window.until - 1, chronicle.commanders))
    if not changes:
        return None
    heirs = [entry.payload.to_id for entry in changes if isinstance(entry.payload, CommanderChanged)]
    has_halted = _has_halted(chronicle, window, heirs)
    if len(changes) == 1 and not has_halted and _went_on(chronicle, window, changes[0], heirs[0]):
        return None
    found_in = 1.0 if has_halted else _found_in(chronicle, window, frozenset(heirs), changes[0].at)
    silent = longest_pause(chronicle.acts_in(window.since, window.until), window) / window.length_ms
    if silent > _SILENT and not has_halted:
        found_in *= 1 - silent
    return Claim(
        cause=Cause.COMMANDER_CHANGED,
        score=(0.8 if len(changes) == 1 else 0.9)
        * (0.3 + 0.7 * found_in)
        * (1 - window.length_ms / max(chronicle.ongoing_ms, window.length_ms) / 3),
        since=_let_go(chronicle, window, changes[0], heirs),
        until=_taken_up(chronicle, window, changes[-1], heirs),
        evidence=seen(*changes),
        user_ids=tuple(dict.fromkeys(heirs)),
        count=len(changes),
    )


def _meant(commands: Sequence[Entry]) -> list[Entry]:
    """The changes of command, without those that were taken back within a moment."""
    found: list[Entry] = []
    for entry in commands:
        if not isinstance(now := entry.payload, CommanderChanged):
            continue
        before = found[-1].payload if found and entry.at - found[-1].at <= _A_MOMENT_MS else None
        if isinstance(before, CommanderChanged) and now.to_id == before.from_id:
            found.pop()
        else:
            found.append(entry)
    return found


def _has_halted(chronicle: Chronicle, window: Interval, heirs: Sequence[str]) -> bool:
    """Whether who leads now, or was at the task, says that they wait, or have to find in."""
    return any(
        chronicle.is_waiting(act)
        for who in {*heirs, *_doers(chronicle, window)}
        for act in chronicle.between(window.since, window.until, chronicle.acts_of(who))
    )


def _went_on(chronicle: Chronicle, window: Interval, change: Entry, heir: str) -> bool:
    """Whether somebody was at the task before and after, or from shortly after a change at the beginning.

    Where the new commander was not there at once, more is asked of them, and what they say has to be known.
    """
    was_ready = bool(chronicle.between(change.at, change.at + _AT_ONCE_MS, chronicle.acts_of(heir)))
    doers = _doers(chronicle, window)
    if was_ready:
        return any(_longest_off(chronicle, window, change, who) <= AT_IT for who in doers)
    return any(
        _longest_off(chronicle, window, change, who) <= _BUSY and _is_understood(chronicle, window, who)
        for who in doers
    )


def _is_understood(chronicle: Chronicle, window: Interval, who: str) -> bool:
    """Whether the texts of all that they wrote are known."""
    said = chronicle.between(window.since, window.until, chronicle.acts_of(who))
    return all(chronicle.talk_of(act) for act in said if isinstance(act.payload, PostSeen))


def _doers(chronicle: Chronicle, window: Interval) -> set[str]:
    """Who did the task, had it, or had begun with it."""
    owned = chronicle.owned(window)
    found = {chronicle.entry_at(window.last).actor_id, owned.user_id if owned else ""}
    if isinstance(window.closing, TaskTicked):
        found |= {entry.actor_id for entry in chronicle.taken_up.get(window.closing.task_id, [])}
    return found - {""}


def _longest_off(chronicle: Chronicle, window: Interval, change: Entry, who: str) -> float:
    """For which part of a window they were silent at a stretch; 1 if not heard of after a change."""
    done = chronicle.between(window.since, window.until - 1, chronicle.acts_of(who))
    if not done or done[-1].at < change.at:
        return 1.0
    return chronicle.share_silent(who, window.since, window.until)


def _let_go(chronicle: Chronicle, window: Interval, change: Entry, heirs: Sequence[str]) -> Millis:
    """When the old commander was heard of last, if others made the change; else when they named an heir."""
    old = chronicle.commander_at(window.since)
    before = [act for act in chronicle.acts_of(old) if window.since < act.at < change.at]
    if change.actor_id != old:
        return before[-1].at if before else window.since
    named = (act.at for act in before if not chronicle.mentioned_in(act).isdisjoint(heirs))
    return next(named, change.at)


def _taken_up(chronicle: Chronicle, window: Interval, change: Entry, heirs: Sequence[str]) -> Millis:
    """When both who leads now and whose task it was had been heard of after a change, and did not wait."""
    owned = chronicle.owned(window)
    had_it = owned is not None and owned.since <= change.at
    firsts = [
        next(
            (
                act.at
                for act in chronicle.between(change.at, window.until, chronicle.acts_of(one))
                if not chronicle.is_waiting(act)
            ),
            window.until,
        )
        for one in (heirs[-1], *([owned.user_id] if owned and had_it else []))
    ]
    return min(window.until, max(firsts))


def _found_in(chronicle: Chronicle, window: Interval, heirs: frozenset[str], since: Millis) -> float:
    """How much speaks for it that new commanders had to find their way in, from 0 to 1.

    Where others went on, they were heard of, or it was no wonder that they were not: they seldom are.
    """
    acts = chronicle.acts_in(window.since, window.until)
    leaders = heirs | {chronicle.commander_at(window.since)}
    if sum(act.actor_id not in leaders for act in acts) < _A_FEW:
        return 1.0
    after = [act for act in acts if act.at >= since]
    heard = sum(act.actor_id in heirs or not chronicle.mentioned_in(act).isdisjoint(heirs) for act in after)
    expected = chronicle.share_of(heirs, window) * len(after)
    return min(1.0, max(heard / _A_FEW, exp(-expected)))
