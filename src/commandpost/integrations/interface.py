"""What an integration says of itself, and what it is handed when it is to do something."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from commandpost.integrations.web import Web
from commandpost.kernel.clock import Millis

_WORD = re.compile(r'\s*(?:"([^"]*)"|(\S+))\s*')


class Kind(StrEnum):
    """What sort of value a setting has; named as on the wire."""

    TEXT = "text"
    ADDRESS = "address"
    """An address of the web, kept without a slash at its end."""
    SECRET = "secret"
    """Never shown again once it is given."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting: its name in lower case with underscores, and what an administrator reads of it."""

    name: str
    label: str
    help: str = ""
    kind: Kind = Kind.TEXT
    default: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the chat."""

    username: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something made in a tool outside. `reference` is the tool's own name for it."""

    title: str
    url: str
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The incident in whose channel a command is run; `url` is "" where the server knows no address."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command being run: by whom, where, with what text after its sub-command.

    `people` are those whom the text mentions as @name, by their name; `links` what this integration has kept
    on the incident so far, oldest first.
    """

    by: Person
    text: str
    incident: Incident | None = None
    people: Mapping[str, Person] = field(default_factory=dict[str, Person])
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it: `told` to the caller alone, `posted` for everybody in the channel.

    `links` are kept on the channel's incident, if there is one.
    """

    told: str = ""
    posted: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What an integration works with: its settings (every one of them, by name), the web, the moment."""

    settings: Mapping[str, str] = field(repr=False)
    web: Web
    now: Millis


Run: TypeAlias = Callable[[Tools, Call], Awaitable[Answer]]
"""Does what a sub-command says. Raises Failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What may be typed after a sub-command: free text, or one of `choices`."""

    hint: str
    help: str
    is_required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubCommand:
    """`/command name arguments`."""

    name: str
    help: str
    run: Run
    arguments: tuple[Argument, ...] = ()

    @property
    def hint(self) -> str:
        """How the arguments are written: optional ones in brackets."""
        return " ".join(one.hint if one.is_required else f"[{one.hint}]" for one in self.arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command. If several integrations have one of the same trigger, one that is set up answers."""

    trigger: str
    help: str
    sub_commands: tuple[SubCommand, ...]

    def find(self, name: str) -> SubCommand | None:
        """The sub-command of that name, in any case."""
        return next((one for one in self.sub_commands if one.name == name.lower()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something to do, to be kept as a ticket. `mark` is a word that is in no other; `due_on` may be ""."""

    title: str
    mark: str
    by: Person
    incident: Incident
    assignee: Person | None = None
    due_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket, and a sentence on what of the wish it lacks; "" if nothing."""

    link: Link
    remark: str = ""


class Integration(Protocol):
    """A tool outside. Its entry point, in the group `commandpost.integrations`, is called and gives one.

    One object serves every call, many at a time. It is set up when every required setting has a value.
    """

    @property
    def name(self) -> str:
        """Lower-case letters and digits. In the environment, settings are COMMANDPOST_<NAME>_<SETTING>."""
        ...

    @property
    def title(self) -> str:
        """The tool's name for people."""
        ...

    @property
    def help(self) -> str:
        """What it is good for, and where an administrator finds what the settings ask for."""
        ...

    @property
    def settings(self) -> tuple[Setting, ...]: ...

    @property
    def commands(self) -> tuple[Command, ...]: ...

    def complaint(self, body: bytes) -> str:
        """What the tool complains about in the body of a refusal; "" if it says nothing readable."""
        ...

    async def health(self, tools: Tools) -> str:
        """Try the settings without changing anything; a sentence on what was found. Raises Failed."""
        ...


@runtime_checkable
class TicketSystem(Integration, Protocol):
    """An integration that can also keep what is to be done after an incident."""

    async def found_ticket(self, tools: Tools, mark: str) -> Link | None:
        """The ticket that was made with that mark, if there is one. Raises Failed."""
        ...

    async def made_ticket(self, tools: Tools, wish: Wish) -> Ticket:
        """A new ticket, in which the mark can be found again. Raises Failed."""
        ...


def first_word(text: str) -> tuple[str, str]:
    """The first word of a text, several in double quotes count as one, and what follows it."""
    found = _WORD.match(text)
    if found is None:
        return "", ""
    return found[2] if found[1] is None else found[1], text[found.end() :]
