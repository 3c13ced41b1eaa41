"""A slash command that a team has made for itself: a server outside answers it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from commandpost.kernel.errors import Invalid, NotFound
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.web_address import LONGEST, is_web_address

_LONGEST_TRIGGER = 128
_LONGEST_NAME = 64
_LONGEST_DESCRIPTION = 128
_LONGEST_HELP = 1024
_TRIGGER = re.compile(r"[^\s/\x00-\x1f\x7f]+")


class Method(StrEnum):
    """How the server is called, as on the wire."""

    POST = "P"
    GET = "G"


class UnknownCustomCommand(NotFound):
    """Command does not exist."""

    code = "custom_command.unknown"


class BadTrigger(Invalid):
    """Invalid trigger: it needs 1 to 128 characters, no slash and no space."""

    code = "custom_command.trigger"


class DuplicateTrigger(Invalid):
    """This trigger word is already in use. Please choose another word."""

    code = "custom_command.duplicate_trigger"


class BadCommandAddress(Invalid):
    """Invalid URL: it must begin with http:// or https:// and have up to 1024 characters."""

    code = "custom_command.url"


class BadMethod(Invalid):
    """Invalid method: P (POST) or G (GET)."""

    code = "custom_command.method"


class BadCommandName(Invalid):
    """Invalid title: it may have up to 64 characters."""

    code = "custom_command.display_name"


class BadCommandDescription(Invalid):
    """Invalid description: it may have up to 128 characters."""

    code = "custom_command.description"


class OtherTeam(Invalid):
    """Cannot update commands across teams."""

    code = "custom_command.team_mismatch"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomCommand:
    """The command. `sealed_token` is the token it shows to its server, encrypted."""

    id: str
    create_at: int
    update_at: int
    team_id: str
    creator_id: str
    trigger: str
    url: str
    method: Method
    sealed_token: str
    username: str = ""
    icon_url: str = ""
    auto_complete: bool = False
    auto_complete_desc: str = ""
    auto_complete_hint: str = ""
    display_name: str = ""
    description: str = ""

    @property
    def described(self) -> Description:
        """What it says of itself in the message box."""
        return Description(
            id=self.id,
            trigger=self.trigger,
            display_name=self.display_name,
            description=self.description,
            hint=self.auto_complete_hint,
            help_text=self.auto_complete_desc,
        )


def method_of(text: str) -> Method:
    """A method as on the wire. Raises BadMethod."""
    try:
        return Method(text)
    except ValueError as cause:
        raise BadMethod from cause


def check(command: CustomCommand) -> None:
    """Refuse a command that cannot be.

    Raises BadTrigger, BadCommandAddress, BadCommandName, BadCommandDescription.
    """
    if len(command.trigger) > _LONGEST_TRIGGER or not _TRIGGER.fullmatch(command.trigger):
        raise BadTrigger
    if len(command.url) > LONGEST or not is_web_address(command.url):
        raise BadCommandAddress
    if max(len(command.display_name), len(command.username)) > _LONGEST_NAME:
        raise BadCommandName
    if len(command.description) > _LONGEST_DESCRIPTION:
        raise BadCommandDescription
    texts = (command.auto_complete_desc, command.auto_complete_hint, command.icon_url)
    if max(map(len, texts)) > _LONGEST_HELP:
        raise BadCommandDescription("Invalid help or picture: it may have up to 1024 characters.")
