"""How a migration is marked: whether it only adds, or takes away what older programs need.

A migration's file says `kind = "expands"`, or `kind = "contracts"` and `unused_since = REVISION`: programs
that know this revision no longer use what it takes away, and run on. Here is no more than reading the marks;
the files are not run for it, which would need the libraries that migrate.
"""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_VERSIONS = Path(__file__).parent / "versions"

EXPANDS = "expands"
CONTRACTS = "contracts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a migration means to programs that do not know it. `unused_since` is "" where it only adds."""

    revision: str
    unused_since: str = ""

    @property
    def kind(self) -> str:
        """What the migration's file calls it."""
        return CONTRACTS if self.unused_since else EXPANDS

    def leaves_alone(self, knowing: str) -> bool:
        """Whether programs run on whose newest revision is this one: revisions begin with their date."""
        return self.unused_since <= knowing


@cache
def of_program() -> tuple[Mark, ...]:
    """The migrations of this program, oldest first: each file is named as its dated revision."""
    return tuple(_mark(path) for path in sorted(_VERSIONS.glob("[0-9]*.py")))


def _mark(path: Path) -> Mark:
    said: dict[str, object] = {}
    for line in ast.parse(path.read_text()).body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                said[name] = value
            case _:
                pass
    return Mark(revision=path.stem, unused_since=str(said.get("unused_since", "")))
