"""A statement, written once and rendered once for each database.

Parameters are named (`:team_id`). A list is written `IN (:ids...)` or `NOT IN (:ids...)` and takes any
number of texts, none included. Where the databases differ beyond that, hand in `postgresql=`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import msgspec

_PARAM = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_LIST = re.compile(r"\b(NOT\s+)?IN\s*\(\s*:([a-z_][a-z0-9_]*)\.\.\.\s*\)", re.IGNORECASE)

_TABLE = re.compile(r"\b(?:INTO\s+([a-z_]+)|(?:FROM|JOIN|UPDATE)\s+([a-z_]+)\b(?!\s*\())")
_POSITION = re.compile(r"\$(\d+)")

_encode = msgspec.json.Encoder().encode


class Sql:
    """One statement for SQLite and PostgreSQL, ready to run on the drivers directly."""

    __slots__ = ("_lists", "_order", "postgresql", "sqlite", "tables")

    def __init__(self, text: str, *, postgresql: str | None = None) -> None:
        self._lists: tuple[str, ...] = tuple(found[1] for found in _LIST.findall(text))
        self.sqlite = _LIST.sub(lambda m: f"{m[1] or ''}IN (SELECT value FROM json_each(:{m[2]}))", text)
        order: list[str] = []
        self.postgresql = _PARAM.sub(_numbered(order), _LIST.sub(_any, postgresql or text))
        self._order = tuple(order)
        self.tables = frozenset(one or other for one, other in _TABLE.findall(f"{text} {self.postgresql}"))

    @property
    def parameter_count(self) -> int:
        """How many different parameters there are."""
        return len(self._order)

    def for_sqlite(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Parameters as sqlite3 takes them: by name, lists as JSON."""
        if not self._lists:
            return params
        return {**params, **{name: _encode(params[name]).decode() for name in self._lists}}

    def for_postgresql(self, params: Mapping[str, Any]) -> list[Any]:
        """Parameters as asyncpg takes them: by position."""
        return [params[name] for name in self._order]


@cache
def together(statements: tuple[Sql, ...]) -> str:
    """One text for PostgreSQL that runs them all; parameters follow one another. None sees what others do."""
    *others, last = _renumbered(statements)
    if not others:
        return last
    return "WITH " + ", ".join(f"s{at} AS ({text})" for at, text in enumerate(others)) + " " + last


def _renumbered(statements: tuple[Sql, ...]) -> Iterator[str]:
    before = 0
    for statement in statements:
        yield _POSITION.sub(partial(_shifted, before), statement.postgresql)
        before += statement.parameter_count


def _shifted(by: int, found: re.Match[str]) -> str:
    return f"${int(found[1]) + by}"


def _any(found: re.Match[str]) -> str:
    return f"<> ALL(:{found[2]}::text[])" if found[1] else f"= ANY(:{found[2]}::text[])"


def _numbered(order: list[str]) -> Callable[[re.Match[str]], str]:
    def number(found: re.Match[str]) -> str:
        if found[1] not in order:
            order.append(found[1])
        return f"${order.index(found[1]) + 1}"

    return number
