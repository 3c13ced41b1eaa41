"""A bot as its users write them with mmpy_bot: a listener, a command with a file reply, a direct answer.

Runs in the environment that holds mmpy_bot: `python bot_of_mmpy.py PORT TOKEN TEAM`.
"""

import sys
import tempfile
from pathlib import Path

from mmpy_bot import Bot, Message, Plugin, Settings, listen_to


class Responder(Plugin):
    """What the bot answers to."""

    @listen_to("^ping$")
    async def ping(self, message: Message) -> None:
        self.driver.reply_to(message, "pong")

    @listen_to("^cheer$")
    async def cheer(self, message: Message) -> None:
        self.driver.react_to(message, "tada")

    @listen_to("^report (.*)$", needs_mention=True)
    async def report(self, message: Message, subject: str) -> None:
        path = Path(tempfile.mkdtemp()) / "report.txt"
        path.write_text(f"report on {subject}\n")
        self.driver.reply_to(message, "here it is", file_paths=[path])

    @listen_to("^whisper$")
    async def whisper(self, message: Message) -> None:
        self.driver.reply_to(message, "just between us", direct=True)


if __name__ == "__main__":
    _, port, token, team = sys.argv
    settings = Settings(
        MATTERMOST_URL="http://127.0.0.1",
        MATTERMOST_PORT=int(port),
        BOT_TOKEN=token,
        BOT_TEAM=team,
        SSL_VERIFY=False,
    )
    Bot(settings=settings, plugins=[Responder()]).run()
