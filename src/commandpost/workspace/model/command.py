"""A slash command as people find it: its name, what it says of itself, and how the rest is completed."""

from dataclasses import dataclass
from typing import TypeAlias

from commandpost.kernel.errors import Invalid, NotFound


class CommandMissing(Invalid):
    """No command trigger found: a command begins with a slash, followed by its name."""

    code = "command.missing"


class UnknownCommand(NotFound):
    """There is no such slash command."""

    code = "command.unknown"

    def __init__(self, trigger: str) -> None:
        super().__init__(
            f"Command with a trigger of '{trigger}' not found. To send a message beginning with \"/\" "
            "try adding an empty space at the beginning of the message."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One of the values that an argument can have."""

    item: str
    hint: str = ""
    help_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextArgument:
    """Free text: one word, or several in double quotes."""

    hint: str
    help_text: str
    is_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticList:
    """One of a few values."""

    items: tuple[ListItem, ...]
    help_text: str = ""
    is_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicList:
    """One of the values that a path of this server gives at the moment of asking."""

    fetch_url: str
    help_text: str
    is_required: bool = True


Argument: TypeAlias = TextArgument | StaticList | DynamicList


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A word of a command, with what may follow it: arguments, or words of the next level.

    `role_id` names the system role that the word is kept for; "" is everybody.
    """

    trigger: str
    hint: str = ""
    help_text: str = ""
    role_id: str = ""
    arguments: tuple[Argument, ...] = ()
    sub_commands: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a command says of itself. `trigger` is its name in lower case, without the slash.

    `id` is that of a command that a team has made.
    """

    id: str = ""
    trigger: str
    display_name: str
    description: str
    hint: str
    help_text: str
    tree: Node | None = None
    is_offered: bool = True
    """Whether it is listed and completed; otherwise it only answers."""

    @property
    def node(self) -> Node:
        """How the command is completed; without a tree, by its name only."""
        return self.tree or Node(trigger=self.trigger, hint=self.hint, help_text=self.help_text)
