"""Completing a command while it is typed: a walk down its tree along the words there are already.

A suggestion's `complete` is the whole line, without the slash, as it would be after taking it.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from commandpost.workspace.model.command import (
    Argument,
    DynamicList,
    ListItem,
    Node,
    StaticList,
    TextArgument,
)
from commandpost.workspace.model.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One way to go on."""

    complete: str
    suggestion: str
    hint: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line being typed: what the walk has passed, and what it has before it."""

    parsed: str
    rest: str

    def after(self, length: int) -> "Line":
        """With so many more characters passed."""
        return Line(parsed=self.parsed + self.rest[:length], rest=self.rest[length:])


Fetch: TypeAlias = Callable[[DynamicList, Line], Awaitable[Sequence[ListItem]]]
"""Gives the items of a dynamic list at this place of the line; none when they cannot be had."""


async def suggestions(nodes: Sequence[Node], typed: str, who: Who, fetch: Fetch) -> list[Suggestion]:
    """What may follow. `typed` is the line so far, its slash left out or not."""
    line = Line(parsed="", rest=typed.removeprefix("/"))
    return await _down(nodes, line, who, fetch)


async def _down(nodes: Sequence[Node], line: Line, who: Who, fetch: Fetch) -> list[Suggestion]:
    word, space, _ = line.rest.partition(" ")
    visible = [node for node in nodes if who.is_system_admin or not node.role_id or node.role_id in who.roles]
    if not space:
        return [
            Suggestion(
                complete=line.parsed + node.trigger,
                suggestion=node.trigger,
                hint=node.hint,
                description=node.help_text,
            )
            for node in visible
            if node.trigger.startswith(word.lower())
        ]
    found: list[Suggestion] = []
    for node in visible:
        if node.trigger == word.lower():
            after = line.after(len(word) + 1)
            if node.arguments:
                found += await _along(node.arguments, after, fetch)
            else:
                found += await _down(node.sub_commands, after, who, fetch)
    return found


async def _along(arguments: Sequence[Argument], line: Line, fetch: Fetch) -> list[Suggestion]:
    """Suggestions for the argument that the line has come to; an optional one may also be left out."""
    if not arguments:
        return []
    argument, *others = arguments
    here = await _at(argument, line, fetch)
    found = here if isinstance(here, list) else await _along(others, here, fetch)
    if not argument.is_required:
        skipped = await _along(others, line, fetch)
        found = [*found, *(one for one in skipped if one not in found)]
    return found


async def _at(argument: Argument, line: Line, fetch: Fetch) -> list[Suggestion] | Line:
    """Suggestions for an argument still being typed, or the line behind it."""
    match argument:
        case TextArgument():
            return _in_text(argument, line)
        case StaticList():
            return _in_list(argument.items, line)
        case DynamicList():
            return _in_list(await fetch(argument, line), line)


def _in_text(argument: TextArgument, line: Line) -> list[Suggestion] | Line:
    spaces = len(line.rest) - len(line.rest.lstrip(" "))
    typed = line.rest[spaces:]
    end = typed.find('"', 1) + 1 if typed.startswith('"') else typed.find(" ")
    if end > 0:
        is_followed = typed[end : end + 1] == " "
        return line.after(spaces + end + is_followed)
    hint = Suggestion(
        complete=line.parsed + line.rest,
        suggestion="",
        hint=argument.hint,
        description=argument.help_text,
    )
    return [hint]


def _in_list(items: Iterable[ListItem], line: Line) -> list[Suggestion] | Line:
    spaces = len(line.rest) - len(line.rest.lstrip(" "))
    typed = line.rest[spaces:]
    known = list(items)
    passed = max((len(one.item) for one in known if typed.startswith(f"{one.item} ")), default=0)
    if passed:
        return line.after(spaces + passed + 1)
    return [
        Suggestion(
            complete=line.parsed + one.item,
            suggestion=one.item,
            hint=one.hint,
            description=one.help_text,
        )
        for one in known
        if one.item.lower().startswith(typed.lower())
    ]
