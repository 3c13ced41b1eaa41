"""`/export`: makes a file of the channel's posts, which its bot then sends to the caller alone."""

import asyncio
import tempfile
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO, cast

import structlog

from commandpost.kernel.errors import Refusal
from commandpost.kernel.ids import new_id
from commandpost.workspace.actions import bots, direct_channels, export, files, posts
from commandpost.workspace.actions.export import Export, Progress
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
_POSTS_PER_STEP = 10_000

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
    calls_outside = False

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
        async with desks.writing() as desk:
            wanted = await export.of_channel(desk, call.who, call.channel, ExportFormat.CSV, is_safe=False)
        order = _Order(bot=self._bot, place=place, wanted=wanted, user_id=call.who.user_id)
        task = asyncio.create_task(self._in_turn(desks, order))
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

    async def _in_turn(self, desks: Desks, order: "_Order") -> None:
        async with self._turns:
            try:
                await _export(desks, order)
            except Exception:  # noqa: BLE001 -- the edge of a task that nobody awaits
                _log.exception("an export could not be sent", channel_id=order.wanted.channel.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """An export that a user waits for: the bot will put it in its place, the channel between the two."""

    bot: User
    place: Channel
    wanted: Export
    user_id: str


async def _export(desks: Desks, order: _Order) -> None:
    channel = order.wanted.channel
    # Filling it never waits for a disk for long: what does not fit in memory goes to the system's cache.
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spooled:
        content = cast("BinaryIO", spooled)
        try:
            await _fill(desks, content, order)
        except Exception:  # noqa: BLE001 -- whatever it was, the caller is told
            _log.exception("an export failed", channel_id=channel.id)
            await _say(desks, order, f"An error occurred exporting channel ~{channel.name}.")
            return
        try:
            await _send(desks, content, order)
        except Exception:  # noqa: BLE001 -- whatever it was, the caller is told
            _log.exception("an export could not be uploaded", channel_id=channel.id)
            await _say(desks, order, f"An error occurred uploading the exported channel ~{channel.name}.")


async def _fill(desks: Desks, content: BinaryIO, order: _Order) -> None:
    """Write the document; of a long one, tell the caller now and then how far it is, in one post."""
    progress, told, post_id = Progress(), 0, new_id()
    async with aclosing(export.chunks(desks, order.wanted, progress)) as chunks:
        async for chunk in chunks:
            content.write(chunk)
            if progress.posts - told >= _POSTS_PER_STEP:
                told = progress.posts
                channel = order.wanted.channel
                async with desks.reading() as desk:
                    await posts.ephemeral(
                        desk,
                        user_id=order.user_id,
                        channel_id=channel.id,
                        message=f"Exporting ~{channel.name}: {told:,} posts so far.",
                        author_id=order.bot.id,
                        post_id=post_id,
                    )


async def _send(desks: Desks, content: BinaryIO, order: _Order) -> None:
    """Put the file away, and post it as the bot."""
    if not desks.config.enable_file_attachments:
        raise FilesOff
    content.seek(0)
    channel = order.wanted.channel
    name = file_name(channel, order.wanted.format)
    file_id = new_id()
    shelved = await desks.shelf.put(file_id, content, extension=files.extension_of(name))
    upload = Upload(file_id=file_id, channel_id=order.place.id, name=name, content=shelved)
    async with desks.writing() as desk:
        await files.add(desk, _acting(order.bot), upload)
        new = NewPost(
            channel_id=order.place.id, message=f"Channel ~{channel.name} exported:", file_ids=(file_id,)
        )
        await posts.put(desk, order.bot, order.place, new)


async def _say(desks: Desks, order: _Order, message: str) -> None:
    async with desks.writing() as desk:
        await posts.put(desk, order.bot, order.place, NewPost(channel_id=order.place.id, message=message))


def _acting(bot: User) -> Who:
    return Who(user_id=bot.id, username=bot.username, roles=frozenset({SYSTEM_USER}), is_bot=True)
