"""A statement, written once and rendered once for each database.

Parameters are named (`:team_id`). A list is written `IN (:ids...)` or `NOT IN (:ids...)` and takes any
number of texts, none included. Where the databases differ beyond that, hand in `postgresql=`.

PostgreSQL plans `= ANY($1)` anew each time, for it cannot tell how long the list will be: up to ten times the
cost of running the statement (measured: 140 to 400 µs to lock a channel or to find whom a post calls). So a
short list is written out, `IN ($1, $2, $3, $4)`, in one of a few lengths, and the plan of each is kept.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from typing import Any, NamedTuple

import msgspec

_PARAM = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_LIST = re.compile(r"\b(NOT\s+)?IN\s*\(\s*:([a-z_][a-z0-9_]*)\.\.\.\s*\)", re.IGNORECASE)

_TABLE = re.compile(r"\b(?:INTO\s+([a-z_]+)|(?:FROM|JOIN|UPDATE)\s+([a-z_]+)\b(?!\s*\())")
_POSITION = re.compile(r"\$(\d+)")

_WRITTEN_OUT = (0, 1, 4, 16, 64)
"""Lengths in which a list is written out; shorter ones are filled up with their last text."""

_FOUND = "is_found"
"""The column before those of a question that stands beside others."""

_encode = msgspec.json.Encoder().encode


class Ready(NamedTuple):
    """A text for PostgreSQL and its parameters by position."""

    text: str
    values: list[Any]


class Sql:
    """One statement for SQLite and PostgreSQL, ready to run on the drivers directly."""

    __slots__ = ("_lists", "_named", "_order", "_sized", "postgresql", "sqlite", "tables")

    def __init__(self, text: str, *, postgresql: str | None = None) -> None:
        self._lists: tuple[str, ...] = tuple(dict.fromkeys(found[1] for found in _LIST.findall(text)))
        self.sqlite = _LIST.sub(lambda m: f"{m[1] or ''}IN (SELECT value FROM json_each(:{m[2]}))", text)
        self._named = postgresql or text
        self._sized: dict[tuple[int | None, ...], tuple[str, tuple[str, ...]]] = {}
        self.postgresql, self._order = self._rendered((None,) * len(self._lists))
        self.tables = frozenset(one or other for one, other in _TABLE.findall(f"{text} {self.postgresql}"))

    def for_sqlite(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Parameters as sqlite3 takes them: by name, lists as JSON."""
        if not self._lists:
            return params
        return {**params, **{name: _encode(params[name]).decode() for name in self._lists}}

    def for_postgresql(self, params: Mapping[str, Any]) -> Ready:
        """The statement as asyncpg takes it, short lists written out."""
        if not self._lists:
            return Ready(self.postgresql, self.values(params))
        lengths = tuple(_written_out(len(params[name])) for name in self._lists)
        known = self._sized.get(lengths)
        if known is None:
            known = self._sized[lengths] = self._rendered(lengths)
        text, order = known
        items = {
            _item(name, at): params[name][min(at, len(params[name]) - 1)]
            for name, length in zip(self._lists, lengths, strict=True)
            for at in range(length or 0)
        }
        return Ready(text, [items[name] if name in items else params[name] for name in order])

    def values(self, params: Mapping[str, Any]) -> list[Any]:
        """Parameters of the text `postgresql`, in which every list is one."""
        return [params[name] for name in self._order]

    def _rendered(self, lengths: tuple[int | None, ...]) -> tuple[str, tuple[str, ...]]:
        """The text with lists of these lengths, None for any, and the names of its parameters by position."""
        of = dict(zip(self._lists, lengths, strict=True))
        order: list[str] = []
        text = _PARAM.sub(_numbered(order), _LIST.sub(lambda m: _list(m, of[m[2]]), self._named))
        return text, tuple(order)


def together(statements: Sequence[Ready]) -> Ready:
    """One text for PostgreSQL that runs them all; parameters follow one another. None sees what others do."""
    text = _joined(tuple((one.text, len(one.values)) for one in statements))
    return Ready(text, list(chain.from_iterable(one.values for one in statements)))


@cache
def _joined(statements: tuple[tuple[str, int], ...]) -> str:
    *others, last = _renumbered(statements)
    if not others:
        return last
    return "WITH " + ", ".join(f"s{at} AS ({text})" for at, text in enumerate(others)) + " " + last


def side_by_side(questions: Sequence[Ready]) -> Ready:
    """One text for PostgreSQL that gives one row: the first of each question, as `apart` takes it apart."""
    text = _beside(tuple((one.text, len(one.values)) for one in questions))
    return Ready(text, list(chain.from_iterable(one.values for one in questions)))


def apart(names: tuple[str, ...], values: tuple[Any, ...]) -> list[Mapping[str, Any] | None]:
    """The rows in the row of `side_by_side`, None where there is none."""
    return [
        dict(zip(columns, values[start:], strict=False)) if values[start - 1] else None
        for start, columns in _places(names)
    ]


@cache
def _places(names: tuple[str, ...]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Where the columns of each question begin, and what they are called."""
    starts = [at + 1 for at, name in enumerate(names) if name == _FOUND]
    ends = [*(start - 1 for start in starts[1:]), len(names)]
    return tuple((start, names[start:end]) for start, end in zip(starts, ends, strict=True))


@cache
def _beside(questions: tuple[tuple[str, int], ...]) -> str:
    joined = "".join(
        f" LEFT JOIN (SELECT TRUE AS {_FOUND}, q.* FROM ({text}) q LIMIT 1) q{at} ON TRUE"
        for at, text in enumerate(_renumbered(questions))
    )
    return f"SELECT {', '.join(f'q{at}.*' for at in range(len(questions)))} FROM (SELECT) nothing{joined}"


def _renumbered(statements: Sequence[tuple[str, int]]) -> Iterator[str]:
    before = 0
    for text, count in statements:
        yield _POSITION.sub(partial(_shifted, before), text)
        before += count


def _shifted(by: int, found: re.Match[str]) -> str:
    return f"${int(found[1]) + by}"


def _written_out(length: int) -> int | None:
    """In how many places a list of that length is written out, None if it is too long for that."""
    return next((places for places in _WRITTEN_OUT if length <= places), None)


def _item(name: str, at: int) -> str:
    return f"{name}_item_{at}"


def _list(found: re.Match[str], places: int | None) -> str:
    negated, name = found[1], found[2]
    if places:
        return f"{negated or ''}IN ({', '.join(f':{_item(name, at)}::text' for at in range(places))})"
    items = f":{name}::text[]" if places is None else "'{}'::text[]"
    return f"<> ALL({items})" if negated else f"= ANY({items})"


def _numbered(order: list[str]) -> Callable[[re.Match[str]], str]:
    def number(found: re.Match[str]) -> str:
        if found[1] not in order:
            order.append(found[1])
        return f"${order.index(found[1]) + 1}"

    return number
