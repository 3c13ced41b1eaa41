"""Running `/incident`, whichever way it came in."""

from commandpost.incidents.commands import run
from commandpost.incidents.commands.call import Call
from commandpost.incidents.ports import Desks


async def run_command(desks: Desks, call: Call) -> None:
    """One attempt, in the conversation under way: what it says and shows is left there."""
    async with desks.reading() as desk:
        if run.foresee(desk.work, call.channel_id, call.words, viewer_id=call.who.user_id):
            await run.look(desk, call)
            return
    await run.run(desks, call)
