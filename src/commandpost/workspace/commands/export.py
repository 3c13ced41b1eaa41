"""`/export`: makes a file of the channel's posts, which its bot then sends to the caller alone."""

import asyncio
import tempfile
from contextlib import aclosing
from typing import BinaryIO, cast

import structlog

from commandpost.kernel.errors import Refusal
from commandpost.kernel.ids import new_id
from commandpost.workspace.actions import bots, direct_channels, export, files, posts
from commandpost.workspace.actions.export import Export
from commandpost.workspace.actions.files import FilesOff, Upload
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.export import ExportFormat, file_name
from commandpost.workspace.model.post import NewPost
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import SYSTEM_USER, Who

PRODUCT_ID = "com.mattermost.plugin-channel-export"
BOT_USERNAME = "channelexport"
_BOT_DISPLAY_NAME = "Channel Export Bot"
_BOT_DESCRIPTION = "A bot account created by the channel export plugin."

_MOST_AT_ONCE = 2
_MOST_WAITING = 100
_IN_MEMORY_BYTES = 1_000_000

_log = structlog.get_logger()

_DESCRIPTION = Description(
    trigger="export",
    display_name="export",
    description="Export the current channel.",
    hint="",
    help_text="Export the current channel.",
)


class ExportCommand:
    """The command. An export that is under way is lost when the server stops.

    `open` comes before everything: it makes sure that the bot is there.
    """

    opens_dialogs = False

    def __init__(self) -> None:
        self._bot: User | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(_MOST_AT_ONCE)

    async def open(self, desks: Desks) -> None:
        """Raises BotNameTaken when a person has the bot's name."""
        async with desks.writing() as desk:
            self._bot = await bots.ensure(desk, BOT_USERNAME, _BOT_DISPLAY_NAME, _BOT_DESCRIPTION, PRODUCT_ID)

    def description(self, config: Config) -> Description | None:
        return _DESCRIPTION

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        assert self._bot is not None, "the command is not open"
        if len(self._running) >= _MOST_WAITING:
            return CommandAnswer(text="Too many exports are waiting; try again later.", failed=True)
        try:
            async with desks.writing() as desk:
                place = await direct_channels.direct(
                    desk, _acting(self._bot), (self._bot.id, call.who.user_id)
                )
        except Refusal:
            _log.warning("an export has nowhere to go", exc_info=True)
            return CommandAnswer(
                text="An error occurred trying to create a direct message channel between you and"
                f" @{BOT_USERNAME}.",
                failed=True,
            )
        async with desks.reading() as desk:
            wanted = export.of_channel(desk, call.who, call.channel, ExportFormat.CSV, is_safe=False)
        task = asyncio.create_task(self._in_turn(desks, self._bot, place, wanted))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return CommandAnswer(
            text=f"Exporting ~{call.channel.name}. @{BOT_USERNAME} will send you a direct message when the"
            " export is ready."
        )

    async def close(self) -> None:
        """Give up what is not done."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _in_turn(self, desks: Desks, bot: User, place: Channel, wanted: Export) -> None:
        async with self._turns:
            try:
                await _export(desks, bot, place, wanted)
            except Exception:  # noqa: BLE001 -- the edge of a task that nobody awaits
                _log.exception("an export could not be sent", channel_id=wanted.channel.id)


async def _export(desks: Desks, bot: User, place: Channel, wanted: Export) -> None:
    name = wanted.channel.name
    # Filling it never waits for a disk for long: what does not fit in memory goes to the system's cache.
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spooled:
        content = cast("BinaryIO", spooled)
        try:
            await _fill(desks, content, wanted)
        except Exception:  # noqa: BLE001 -- whatever it was, the caller is told
            _log.exception("an export failed", channel_id=wanted.channel.id)
            await _say(desks, bot, place, f"An error occurred exporting channel ~{name}.")
            return
        try:
            await _send(desks, bot, place, wanted, content)
        except Exception:  # noqa: BLE001 -- whatever it was, the caller is told
            _log.exception("an export could not be uploaded", channel_id=wanted.channel.id)
            await _say(desks, bot, place, f"An error occurred uploading the exported channel ~{name}.")


async def _fill(desks: Desks, content: BinaryIO, wanted: Export) -> None:
    async with aclosing(export.chunks(desks, wanted)) as chunks:
        async for chunk in chunks:
            content.write(chunk)


async def _send(desks: Desks, bot: User, place: Channel, wanted: Export, content: BinaryIO) -> None:
    """Put the file away, and post it as the bot."""
    if not desks.config.enable_file_attachments:
        raise FilesOff
    content.seek(0)
    name = file_name(wanted.channel, wanted.format)
    file_id = new_id()
    shelved = await desks.shelf.put(file_id, content, extension=files.extension_of(name))
    upload = Upload(file_id=file_id, channel_id=place.id, name=name, content=shelved)
    async with desks.writing() as desk:
        await files.add(desk, _acting(bot), upload)
        new = NewPost(
            channel_id=place.id,
            message=f"Channel ~{wanted.channel.name} exported:",
            file_ids=(file_id,),
        )
        await posts.put(desk, bot, place, new)


async def _say(desks: Desks, bot: User, place: Channel, message: str) -> None:
    async with desks.writing() as desk:
        await posts.put(desk, bot, place, NewPost(channel_id=place.id, message=message))


def _acting(bot: User) -> Who:
    return Who(user_id=bot.id, username=bot.username, roles=frozenset({SYSTEM_USER}), is_bot=True)
