"""Playbooks, and how long their tasks take those who do them."""

from dataclasses import dataclass
from math import exp
from random import Random

from tests.lived.people import MINUTE, Person, a_crew, new_id

_STAGES = {
    "Triage": (
        "Say what customers see",
        "Find out since when",
        "Name the owner of the service",
        "Open the bridge",
        "Set the severity",
        "Tell support",
    ),
    "Contain": (
        "Stop the rollout",
        "Drain the broken region",
        "Switch traffic over",
        "Block the abusive client",
        "Raise the limits",
        "Freeze deployments",
    ),
    "Repair": (
        "Roll back the release",
        "Restore the table",
        "Rotate the credentials",
        "Rebuild the index",
        "Restart the workers",
        "Patch the parser",
    ),
    "Close": (
        "Check the dashboards",
        "Tell the customers",
        "Remove the workarounds",
        "Thank the helpers",
        "Collect the evidence",
        "Lift the freeze",
    ),
}
_COMMANDS = ("/deploy status", "/rollback last", "/traffic shift", "/db restore latest", "/page owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task. Its time is lognormal; a `fitful` one often (not mostly) takes several times its median."""

    title: str
    median_ms: int
    spread: float
    command: str = ""
    fitful: float = 0.0
    slow: float = 1.0

    def drawn(self, rng: Random) -> int:
        """How long it takes this time."""
        time = self.median_ms * exp(rng.gauss(0, self.spread))
        return int(time * (self.slow if rng.random() < self.fitful else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stage."""

    title: str
    tasks: tuple[Work, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A playbook with the crew that uses it. `habit_of_assigning` is how tasks get their assignees."""

    id: str
    title: str
    version: int
    parts: tuple[Part, ...]
    crew: tuple[Person, ...]
    habit_of_assigning: str
    default_reminder_s: int

    @property
    def tasks(self) -> tuple[Work, ...]:
        return tuple(task for part in self.parts for task in part.tasks)


def a_task(rng: Random, title: str) -> Work:
    is_fitful = rng.random() < 0.12
    return Work(
        title=title,
        median_ms=int(rng.uniform(3, 16) * MINUTE),
        spread=rng.uniform(0.15, 0.32),
        command=rng.choice(_COMMANDS) if rng.random() < 0.5 else "",
        fitful=rng.uniform(0.3, 0.4) if is_fitful else 0.0,
        slow=rng.uniform(2.8, 4.0) if is_fitful else 1.0,
    )


def a_book(rng: Random, *, number: int) -> Book:
    """A playbook of two to four stages."""
    chosen = sorted(rng.sample(range(len(_STAGES)), rng.randint(2, 4)))
    parts: list[Part] = []
    for place in chosen:
        title = tuple(_STAGES)[place]
        tasks = rng.sample(_STAGES[title], rng.randint(2, 4))
        parts.append(Part(title=title, tasks=tuple(a_task(rng, task) for task in tasks)))
    return Book(
        id=new_id(rng),
        title=f"Outage {number + 1}",
        version=1,
        parts=tuple(parts),
        crew=a_crew(rng, is_spread=number % 3 == 2),
        habit_of_assigning=("at once", "one by one", "at once", "one by one", "never")[number % 5],
        default_reminder_s=rng.choice((900, 1800, 3600)),
    )
