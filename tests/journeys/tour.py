"""The tour of the README as a script: its commands, and the answers written below them."""

import re
from dataclasses import dataclass

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what the README says it answers."""

    command: str
    answer: str


def steps(readme: str) -> list[Step]:
    """The steps of every console block, in order."""
    found: list[Step] = []
    for block in CONSOLE.findall(readme):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = part.partition("\n")
            found.append(Step(command, answer.rstrip("\n")))
    return found


def without_chance(answer: str) -> str:
    """An answer in which every id and every moment looks the same."""
    return re.sub(r"\b1[0-9]{12}\b", "TIME", re.sub(r"\b[a-z0-9]{26}\b", "ID", answer)).rstrip("\n")
