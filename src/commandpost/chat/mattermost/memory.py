"""What Mattermost answered of late: fresh for seconds, and to be held on to while it cannot be asked."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from commandpost.chat.mattermost.questions import Question
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS, Clock, Millis

HELD_MS = 15 * MINUTE_MS
"""So long an answer counts while Mattermost cannot be reached, permissions included."""

_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Known:
    """An answer, and when it was given."""

    answer: Any
    at: Millis


class Memory:
    """Answers by their questions; the oldest make room."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[Question[Any], Known] = OrderedDict()

    def fresh(self, question: Question[Any]) -> Known | None:
        """An answer that needs no confirmation yet."""
        return self._younger(question, round(question.lasts_s * SECOND_MS))

    def held(self, question: Question[Any]) -> Known | None:
        """An answer that counts because nobody can be asked."""
        return self._younger(question, HELD_MS)

    def keep(self, question: Question[Any], answer: Any) -> None:
        self._known[question] = Known(answer, self._clock.now())
        self._known.move_to_end(question)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def doubt(self, *questions: Question[Any]) -> None:
        """Ask again before these are answered next: something has changed."""
        for question in questions:
            self._known.pop(question, None)

    def doubt_all(self) -> None:
        """Ask again before anything is answered next."""
        self._known.clear()

    def _younger(self, question: Question[Any], age_ms: int) -> Known | None:
        known = self._known.get(question)
        return known if known is not None and self._clock.now() - known.at < age_ms else None
