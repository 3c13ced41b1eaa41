"""The draw: when incidents begin, from which playbook, under what name; all from one seed."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from commandpost.incidents.actions.samples.names import COMPANIES, INCIDENTS
from commandpost.incidents.model.naming import SUFFIX_LENGTH, channel_name, channel_name_with
from commandpost.incidents.model.playbook import Playbook
from commandpost.kernel.clock import Millis
from commandpost.kernel.ids import ALPHABET

_ONE_IN_COMPANIES = 3

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How many incidents are wanted, and when they may begin: `begin` inclusive, `end` exclusive."""

    ongoing: int
    ended: int
    begin: Millis
    end: Millis
    seed: int

    @property
    def total(self) -> int:
        return self.ongoing + self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was drawn for one incident; nothing in it happens at `until` or later."""

    seed: str
    name: str
    playbook: Playbook
    create_at: Millis
    until: Millis
    is_ended: bool


def drawn(order: Order, playbooks: Sequence[Playbook]) -> list[Plan]:
    """A plan for each incident, the ended ones first. The playbooks' order counts.

    First all times are drawn, then for each incident its playbook, name, and sometimes a company.
    """
    random = Random(str(order.seed))  # noqa: S311 - test data are to be repeatable, not secret
    length = order.end - order.begin
    times = [Millis(order.begin + below(random, length)) for _ in range(order.total)]
    return [
        Plan(
            seed=f"{order.seed}/{number}",
            playbook=pick(random, playbooks),
            name=_name(random),
            create_at=at,
            until=order.end,
            is_ended=number < order.ended,
        )
        for number, at in enumerate(times)
    ]


def channel_names(order: Order, plans: Sequence[Plan], taken: AbstractSet[str]) -> list[str]:
    """A channel name for each plan, none twice and none that is taken: what is gets drawn letters."""
    random = Random(f"{order.seed}/channels")  # noqa: S311 - test data are to be repeatable, not secret
    used = set(taken)
    names: list[str] = []
    for plan in plans:
        name = wanted = channel_name(plan.name)
        while name in used:
            suffix = "".join(pick(random, ALPHABET) for _ in range(SUFFIX_LENGTH))
            name = channel_name_with(suffix, wanted)
        used.add(name)
        names.append(name)
    return names


def below(random: Random, limit: int) -> int:
    """A whole number from 0 up to `limit`, exclusive."""
    return int(random.random() * limit)


def pick(random: Random, items: Sequence[Item]) -> Item:
    """One of them, each as likely."""
    return items[below(random, len(items))]


def _name(random: Random) -> str:
    incident = pick(random, INCIDENTS)
    if below(random, _ONE_IN_COMPANIES):
        return incident
    return f"[{pick(random, COMPANIES)}] {incident}"
