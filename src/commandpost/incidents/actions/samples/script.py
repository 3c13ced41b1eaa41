"""What happens in an incident of the test data, and when: a script, drawn from the plan's seed."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from commandpost.incidents.actions.samples.drawing import Plan, below, pick
from commandpost.incidents.actions.samples.names import MESSAGES, UPDATES
from commandpost.incidents.actions.samples.past_life import PastLife
from commandpost.incidents.model.incident import Place
from commandpost.incidents.model.past import PastIncident
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.ports import PastChannel, User
from commandpost.kernel.clock import HOUR_MS, MINUTE_MS, Millis

_SHORTEST_MS = 12 * MINUTE_MS
_LONGEST_MS = 40 * HOUR_MS
_MOST_RESPONDERS = 6
_REMINDERS_S = (0, 900, 1800, 3600, 14400)

Deed: TypeAlias = Callable[[PastLife, Millis], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Responder:
    user: User
    joins: float


class Script:
    """Deeds at parts of an incident's duration, from 0 to 1."""

    def __init__(self, plan: Plan, caller: User, people: Sequence[User]) -> None:
        self._random = Random(plan.seed)  # noqa: S311 - test data are to be repeatable, not secret
        self._plan = plan
        self._caller = caller
        self._deeds: list[tuple[float, Deed]] = []
        self._crew = self._drawn_crew(people)
        self._change_at, self._heir = self._drawn_change()
        self._write_stages()
        self._write_talk()

    def played(self, life: PastLife) -> tuple[PastIncident, PastChannel]:
        """The incident after all of it; an ongoing one has come only so far."""
        random, plan = self._random, self._plan
        span = _SHORTEST_MS * math.exp(random.random() * math.log(_LONGEST_MS / _SHORTEST_MS))
        length = min(int(span), plan.until - 1 - plan.create_at)
        come = 1.0 if plan.is_ended else 0.15 + 0.75 * random.random()
        end_at = Millis(plan.create_at + length)
        for part, deed in sorted(self._deeds, key=lambda one: one[0]):
            at = Millis(max(plan.create_at + int(part * length), life.last_at + 1))
            if part <= come and at < end_at:
                deed(life, at)
        if plan.is_ended:
            life.end(end_at)
        return life.past()

    def _drawn_crew(self, people: Sequence[User]) -> list[_Responder]:
        random = self._random
        others = [one for one in people if one.id != self._caller.id]
        crew = [_Responder(user=self._caller, joins=0.0)]
        for _ in range(min(len(others), 1 + below(random, _MOST_RESPONDERS))):
            user = others.pop(below(random, len(others)))
            joins = 0.01 + 0.3 * random.random()
            crew.append(_Responder(user=user, joins=joins))
            self._at(joins, lambda life, at, user=user: life.join(user, at))
        return crew

    def _drawn_change(self) -> tuple[float, User]:
        """When somebody else takes command, and who; later than everything if nobody does."""
        random = self._random
        if len(self._crew) == 1 or random.random() > 0.35:
            return 2.0, self._caller
        at = 0.35 + 0.4 * random.random()
        heir = pick(random, self._crew[1:]).user
        self._at(at, lambda life, at: life.hand_over(heir, at))
        return at, heir

    def _write_stages(self) -> None:
        stages = self._plan.playbook.content.stages
        weights = [len(stage.tasks) + 1 for stage in stages]
        begin = 0.03
        for position, stage in enumerate(stages):
            end = begin + 0.89 * weights[position] / sum(weights)
            for task_at in range(len(stage.tasks)):
                self._write_task(Place(stage=position, task=task_at), begin, end)
            if position + 1 < len(stages):
                leader = self._commander(end)
                self._at(end, lambda life, at, who=leader, to=position + 1: life.enter(who, to, at))
            begin = end

    def _write_task(self, place: Place, begin: float, end: float) -> None:
        """Most are ticked within their stage, some late, some never; now and then one is opened again."""
        random = self._random
        fate = random.random()
        if fate < 0.12:
            return
        first, last = (end, 0.97) if fate < 0.27 else (begin, end)
        ticked = first + (last - first) * (0.1 + 0.9 * random.random())
        who = self._present(ticked)
        if random.random() < 0.35:
            assigned = begin + (ticked - begin) * random.random()
            to, by = self._present(assigned), self._commander(assigned)
            self._at(assigned, lambda life, at: life.assign(by, to, place, at))
            who = to
        self._at(ticked, lambda life, at: life.put(who, place, TaskState.CLOSED, at))
        if random.random() < 0.05:
            again = ticked + (0.97 - ticked) * random.random()
            self._at((ticked + again) / 2, lambda life, at: life.put(who, place, TaskState.OPEN, at))
            self._at(again, lambda life, at: life.put(who, place, TaskState.CLOSED, at))

    def _write_talk(self) -> None:
        random = self._random
        for _ in range(4 + below(random, 11)):
            part = 0.02 + 0.95 * random.random()
            who, text = self._present(part), pick(random, MESSAGES)
            self._at(part, lambda life, at, who=who, text=text: life.speak(who, text, at))
        for _ in range(1 + below(random, 4)):
            part = 0.05 + 0.9 * random.random()
            who, text, due = self._commander(part), pick(random, UPDATES), pick(random, _REMINDERS_S)
            self._at(part, lambda life, at, w=who, t=text, d=due: life.update(w, t, d, at))

    def _present(self, part: float) -> User:
        return pick(self._random, [one for one in self._crew if one.joins < part or one.joins == 0.0]).user

    def _commander(self, part: float) -> User:
        return self._heir if part > self._change_at else self._caller

    def _at(self, part: float, deed: Deed) -> None:
        self._deeds.append((part, deed))
