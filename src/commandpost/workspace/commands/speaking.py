"""Commands that post: `/me`, `/shrug`, `/code`, `/msg`, `/groupmsg`."""

import re

from commandpost.workspace.actions import direct_channels, posts
from commandpost.workspace.commands.plain import PlainCommand, described, no, yes
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.post import NewPost
from commandpost.workspace.store import users

_SHRUG = r"¯\\\_(ツ)\_/¯"
_FENCE = re.compile(r"`{3,}")


async def _me(desk: Desk, call: CommandCall) -> CommandAnswer:
    if not call.text.strip():
        return no("Say what you are doing: `/me waves`.")
    return await _post(desk, call, f"*{call.text.strip()}*", type_="me", props={"message": call.text.strip()})


async def _shrug(desk: Desk, call: CommandCall) -> CommandAnswer:
    return await _post(desk, call, f"{call.text.strip()} {_SHRUG}".strip())


async def _code(desk: Desk, call: CommandCall) -> CommandAnswer:
    if not call.text.strip():
        return no("Give the text to show as code: `/code print(1)`.")
    fence = "`" * max([3, *(len(found) + 1 for found in _FENCE.findall(call.text))])
    return await _post(desk, call, f"{fence}\n{call.text}\n{fence}")


async def _msg(desk: Desk, call: CommandCall) -> CommandAnswer:
    name, _, message = call.text.strip().partition(" ")
    if not name:
        return no("Name somebody: `/msg @username message`.")
    user = await users.by_username(desk.work, name.removeprefix("@"))
    if user is None:
        return no(f"There is no user called {name}.")
    channel = await direct_channels.direct(desk, call.who, (call.who.user_id, user.id))
    return await _sent(desk, call, channel.id, message.strip(), f"@{user.username}")


async def _groupmsg(desk: Desk, call: CommandCall) -> CommandAnswer:
    named, message = _names(call.text)
    found = {user.username: user.id for user in await users.by_usernames(desk.work, named)} if named else {}
    missing = [f"@{name}" for name in named if name not in found]
    if not named:
        return no("Name two to seven people: `/groupmsg @one,@two message`.")
    if missing:
        return no(f"There is no user called {', '.join(missing)}.")
    channel = await direct_channels.group(desk, call.who, [found[name] for name in named])
    return await _sent(desk, call, channel.id, message, ", ".join(f"@{name}" for name in named))


def _names(text: str) -> tuple[list[str], str]:
    """The names, separated by commas, that a text begins with, and the rest of it."""
    match = re.match(r"\s*(@?[^\s,]+(?:\s*,\s*@?[^\s,]+)*)(.*)", text, re.DOTALL)
    if match is None:
        return [], ""
    names = [name.strip().removeprefix("@").lower() for name in match[1].split(",")]
    return list(dict.fromkeys(names)), match[2].strip()


async def _sent(desk: Desk, call: CommandCall, channel_id: str, message: str, to: str) -> CommandAnswer:
    if not message:
        return yes(f"Your conversation with {to} is open.")
    await posts.create(desk, call.who, NewPost(channel_id=channel_id, message=message))
    return yes(f"Sent to {to}.")


async def _post(
    desk: Desk, call: CommandCall, message: str, *, type_: str = "", props: dict[str, str] | None = None
) -> CommandAnswer:
    new = NewPost(
        channel_id=call.channel.id, message=message, root_id=call.root_id, type=type_, props=dict(props or {})
    )
    await posts.create(desk, call.who, new)
    return CommandAnswer()


COMMANDS: tuple[PlainCommand, ...] = tuple(
    PlainCommand(described(trigger, hint, help_text), deed)
    for trigger, hint, help_text, deed in (
        ("me", "[message]", "Do an action", _me),
        ("shrug", "[message]", "Adds ¯\\_(ツ)_/¯ to your message", _shrug),
        ("code", "[text]", "Display text as a code block", _code),
        ("msg", "@[username] 'message'", "Send Direct Message to a user", _msg),
        ("groupmsg", "@[username1],@[username2] 'message'", "Send a Group Message", _groupmsg),
    )
)
