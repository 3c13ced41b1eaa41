"""What Mattermost answered of late: fresh for seconds, and to be held on to while it cannot be asked."""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace
from typing import Any

from commandpost.chat.mattermost.questions import Question
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS, Clock, Millis

HELD_MS = 15 * MINUTE_MS
"""So long an answer counts while Mattermost cannot be reached, permissions included."""

_MOST = 50_000
_PAST = -1


@dataclass(frozen=True, slots=True)
class Known:
    """An answer, and when it was given. `round` counts how often all before was to be confirmed."""

    answer: Any
    at: Millis
    round: int = 0


class Memory:
    """Answers by their questions; the oldest make room."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[Question[Any], Known] = OrderedDict()
        self._about: defaultdict[str, set[Question[Any]]] = defaultdict(set)
        self._round = 0

    def fresh(self, question: Question[Any]) -> Known | None:
        """An answer that needs no confirmation yet."""
        known = self._younger(question, round(question.lasts_s * SECOND_MS))
        return known if known is not None and known.round == self._round else None

    def held(self, question: Question[Any]) -> Known | None:
        """An answer that counts because nobody can be asked."""
        return self._younger(question, HELD_MS)

    def keep(self, question: Question[Any], answer: Any) -> None:
        self._known[question] = Known(answer, self._clock.now(), self._round)
        self._known.move_to_end(question)
        for one in question.about:
            self._about[one].add(question)
        if len(self._known) > _MOST:
            self._drop(next(iter(self._known)))

    def doubt(self, *about: str) -> None:
        """Have confirmed what concerns these ids and names before it is answered next."""
        for one in about:
            for question in self._about.get(one, ()):
                self._known[question] = replace(self._known[question], round=_PAST)

    def forget(self, *about: str) -> None:
        """Let nothing about these count any more, not even while nobody can be asked: a right is gone."""
        for one in about:
            for question in list(self._about.get(one, ())):
                self._drop(question)

    def confirm_all(self) -> None:
        """Have everything confirmed before it is answered next: a change may have been missed."""
        self._round += 1

    def _drop(self, question: Question[Any]) -> None:
        del self._known[question]
        for one in question.about:
            self._about[one].discard(question)
            if not self._about[one]:
                del self._about[one]

    def _younger(self, question: Question[Any], age_ms: int) -> Known | None:
        known = self._known.get(question)
        return known if known is not None and self._clock.now() - known.at < age_ms else None
