"""Commands about oneself: `/away`, `/online`, `/dnd`, `/offline`, `/logout`."""

from commandpost.workspace.actions import statuses
from commandpost.workspace.commands.plain import Deed, PlainCommand, described, yes
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk


def _choosing(status: str, answer: str) -> Deed:
    async def choose(desk: Desk, call: CommandCall) -> CommandAnswer:
        await statuses.choose(desk, call.who, call.who.user_id, status)
        return yes(answer)

    return choose


async def _logout(desk: Desk, call: CommandCall) -> CommandAnswer:
    """Clients act on the word themselves: ending the session here would cut off an integration's token."""
    return yes("Your app signs you out itself. Over the API, use POST /api/v4/users/logout.")


COMMANDS: tuple[PlainCommand, ...] = tuple(
    PlainCommand(described(trigger, "", help_text), deed)
    for trigger, help_text, deed in (
        ("away", "Set your status away", _choosing("away", "You are now away")),
        ("online", "Set your status online", _choosing("online", "You are now online")),
        (
            "dnd",
            "Do not disturb disables desktop and mobile push notifications.",
            _choosing("dnd", "Do Not Disturb is enabled. You will not be notified until it is off."),
        ),
        ("offline", "Set your status offline", _choosing("offline", "You are now offline")),
        ("logout", "Logout of Command Post", _logout),
    )
)
