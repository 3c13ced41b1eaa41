"""What the server of a custom command says later, at the address that it was given for that."""

from commandpost.kernel.clock import MINUTE_MS
from commandpost.kernel.errors import Invalid, NotFound
from commandpost.kernel.ids import token_hash
from commandpost.workspace import answers
from commandpost.workspace.actions import command_answers
from commandpost.workspace.actions.command_answers import Place
from commandpost.workspace.actions.custom_commands import CommandsSwitchedOff
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import custom_commands, users

ANSWERS = 5
LIFETIME_MS = 30 * MINUTE_MS


class UnknownResponseAddress(NotFound):
    """This address for answers is not known, or its 30 minutes are over."""

    code = "response_address.unknown"


class SpentResponseAddress(Invalid):
    """This address has been answered as often as it may be: 5 times."""

    code = "response_address.spent"


class NothingSaid(Invalid):
    """The answer is empty."""

    code = "response_address.nothing_said"


class CommandGone(Invalid):
    """The command is no more, or who ran it has no account any more."""

    code = "response_address.command_gone"


async def answer(desk: Desk, address_id: str, content_type: str, body: bytes) -> None:
    """Post or show a later answer, as one that was given at once would be.

    Raises CommandsSwitchedOff, UnknownResponseAddress, SpentResponseAddress, CommandGone, NotUnderstood,
    NothingSaid, and what `command_answers.carry_out` raises.
    """
    if not desk.config.enable_commands:
        raise CommandsSwitchedOff
    said = answers.response(content_type, body)
    if said is None:
        raise NothingSaid
    id_hash = token_hash(address_id)
    address = await custom_commands.address(desk.work, id_hash, after=desk.now - LIFETIME_MS)
    if address is None:
        raise UnknownResponseAddress
    command = await custom_commands.by_id(desk.work, address.command_id)
    user = await users.by_id(desk.work, address.user_id)
    if command is None or user is None or not user.is_active:
        raise CommandGone
    if not await custom_commands.use_address(desk.work, id_hash, most=ANSWERS):
        raise SpentResponseAddress
    who = Who(
        user_id=user.id,
        username=user.username,
        roles=frozenset(user.roles.split()),
        is_bot=user.is_bot,
    )
    place = Place(channel_id=address.channel_id, root_id=address.root_id)
    await command_answers.carry_out(desk, who, command, place, said)


async def forget_old(desk: Desk) -> None:
    """Forget the addresses whose time is over."""
    await custom_commands.forget_addresses(desk.work, until=desk.now - LIFETIME_MS)
