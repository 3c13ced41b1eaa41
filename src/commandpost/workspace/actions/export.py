"""A channel's posts as a document, made while it is read: no more than a page of posts is held at a time.

CSV is newest first, as the original's; JSON is oldest first; Markdown too, with replies under their root.
Deleted posts are left out. Each page is a question of its own, so a slow reader holds nothing up.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from commandpost.audit.entry import Deed
from commandpost.db import Work
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Invalid, NotFound, Unavailable
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model import export_text
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.export import Author, ExportedPost, ExportFormat, format_named
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import exports, standing
from commandpost.workspace.store.exports import FIRST, LAST, Place, StoredPost

_PAGE = 1000
_CHUNK_BYTES = 64 * 1024


class ParameterMissing(Invalid):
    """missing parameter"""

    code = "export.parameter_missing"

    def __init__(self, name: str) -> None:
        super().__init__(f"missing {name} parameter")


class ChannelNotExportable(NotFound):
    """The channel is not there, or not to be read by the caller."""

    code = "export.channel"

    def __init__(self, channel_id: str) -> None:
        super().__init__(f"channel '{channel_id}' not found or user does not have permission")


class AuthorMissing(Unavailable):
    """The author of a post cannot be found, so the export would not be whole."""

    code = "export.author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export that may be made. `is_safe`: no cell of CSV looks like a formula to a spreadsheet."""

    channel: Channel
    format: ExportFormat
    exported_at: Millis
    shows_emails: bool
    is_safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWish:
    """An export as asked for over the API; "" for what was not given."""

    channel_id: str
    format: str
    is_safe: bool


async def permitted(desk: Desk, who: Who, wish: ExportWish) -> Export:
    """The export that somebody asks for, if they may read the channel.

    Raises ParameterMissing, FormatUnsupported, ChannelNotExportable, in this order.
    """
    if not wish.channel_id:
        raise ParameterMissing("channel_id")
    if not wish.format:
        raise ParameterMissing("format")
    wanted = format_named(wish.format)
    there = await standing.in_channel(desk.work, who.user_id, wish.channel_id)
    if there is None or not there.may(who, Permission.READ_CHANNEL):
        raise ChannelNotExportable(wish.channel_id)
    return await of_channel(desk, who, there.channel, wanted, is_safe=wish.is_safe)


async def of_channel(
    desk: Desk, who: Who, channel: Channel, wanted: ExportFormat, *, is_safe: bool
) -> Export:
    """The export of a channel for somebody who is known to read it, written into the audit log."""
    await desk.record(Deed.CHANNEL_EXPORTED, channel.id, by=who.user_id, after={"format": wanted.value})
    return Export(
        channel=channel,
        format=wanted,
        exported_at=desk.now,
        shows_emails=who.is_system_admin or desk.config.show_email_address,
        is_safe=is_safe,
    )


@dataclass(slots=True)
class Progress:
    """How many posts were read so far."""

    posts: int = 0


async def chunks(desks: Desks, export: Export, progress: Progress | None = None) -> AsyncGenerator[bytes]:
    """The document in pieces of some size, while `progress` counts.

    Raises AuthorMissing, Unavailable: then it is not whole.
    """
    kept: list[str] = []
    size = 0
    async with aclosing(_pieces(_Reading(desks, export, progress or Progress()), export)) as pieces:
        async for piece in pieces:
            kept.append(piece)
            size += len(piece)
            if size >= _CHUNK_BYTES:
                yield "".join(kept).encode()
                kept.clear()
                size = 0
    yield "".join(kept).encode()


def _pieces(reading: "_Reading", export: Export) -> AsyncGenerator[str]:
    match export.format:
        case ExportFormat.CSV:
            return _csv(reading, export)
        case ExportFormat.JSON:
            return _json(reading, export)
        case ExportFormat.MARKDOWN:
            return _markdown(reading, export)


async def _csv(reading: "_Reading", export: Export) -> AsyncGenerator[str]:
    yield export_text.csv_row(export_text.COLUMNS)
    async for post in reading.newest_first():
        cells = export_text.csv_cells(post)
        yield export_text.csv_row([*map(export_text.neutralised, cells)] if export.is_safe else cells)


async def _json(reading: "_Reading", export: Export) -> AsyncGenerator[str]:
    yield export_text.json_head(export.channel, export.exported_at)
    separator = "\n"
    async for post in reading.oldest_first():
        yield separator + export_text.json_post(post)
        separator = ",\n"
    yield export_text.JSON_TAIL


async def _markdown(reading: "_Reading", export: Export) -> AsyncGenerator[str]:
    yield export_text.markdown_head(export.channel, export.exported_at)
    async for post in reading.by_thread():
        yield export_text.markdown_post(post)


@dataclass(kw_only=True, slots=True)
class _Thread:
    root: ExportedPost
    reply_count: int
    replies: list[ExportedPost] = field(default_factory=list["ExportedPost"])


_Question: TypeAlias = Callable[[Work, Place], Awaitable[list[StoredPost]]]


class _Reading:
    """One reading of a channel. Each author is looked up once."""

    def __init__(self, desks: Desks, export: Export, progress: Progress) -> None:
        self._desks = desks
        self._progress = progress
        self._channel_id = export.channel.id
        self._shows_emails = export.shows_emails
        self._with_files = export.format is not ExportFormat.CSV
        self._authors: dict[str, Author] = {}

    async def newest_first(self) -> AsyncIterator[ExportedPost]:
        ask = partial(exports.newest_first, channel_id=self._channel_id, limit=_PAGE)
        async for _, post in self._each(ask, LAST):
            yield post

    async def oldest_first(self) -> AsyncIterator[ExportedPost]:
        ask = partial(exports.oldest_first, channel_id=self._channel_id, limit=_PAGE)
        async for _, post in self._each(ask, FIRST):
            yield post

    async def by_thread(self) -> AsyncIterator[ExportedPost]:
        """Roots oldest first, each followed by its replies, oldest first."""
        ask = partial(exports.roots, channel_id=self._channel_id, limit=_PAGE)
        async for page in self._pages(ask, FIRST):
            threads = [_Thread(root=post, reply_count=stored.reply_count) for stored, post in page]
            for group in _groups(threads):
                async for post in self._threads(group):
                    yield post

    async def _threads(self, group: Sequence[_Thread]) -> AsyncIterator[ExportedPost]:
        """A long thread comes alone and is read page by page; short ones are read together."""
        answered = [thread.root.id for thread in group if thread.reply_count]
        replies = self._each(partial(exports.replies, root_ids=answered, limit=_PAGE), FIRST)
        if len(group) == 1:
            yield group[0].root
            if answered:
                async for _, reply in replies:
                    yield reply
            return
        by_root = {thread.root.id: thread for thread in group}
        if answered:
            async for _, reply in replies:
                by_root[reply.root_id].replies.append(reply)
        for thread in group:
            yield thread.root
            for reply in thread.replies:
                yield reply

    async def _each(self, ask: _Question, place: Place) -> AsyncIterator[tuple[StoredPost, ExportedPost]]:
        async for page in self._pages(ask, place):
            for one in page:
                yield one

    async def _pages(
        self, ask: _Question, place: Place
    ) -> AsyncIterator[list[tuple[StoredPost, ExportedPost]]]:
        """The answers from a place on, a page at a time, each read at a desk of its own."""
        while True:
            async with self._desks.reading() as desk:
                stored = await ask(desk.work, place)
                page = await self._resolved(desk.work, stored)
            yield [*zip(stored, page, strict=True)]
            if len(stored) < _PAGE:
                return
            place = stored[-1].place

    async def _resolved(self, work: Work, stored: Sequence[StoredPost]) -> list[ExportedPost]:
        """Posts with their authors, and with their files where the format lists them."""
        missing = sorted({post.user_id for post in stored} - self._authors.keys())
        for author in await exports.authors(work, missing) if missing else ():
            self._authors[author.id] = author
        if any(post.user_id not in self._authors for post in stored):
            raise AuthorMissing
        with_files = [post.id for post in stored if post.has_files] if self._with_files else []
        files = await exports.files(work, with_files) if with_files else {}
        self._progress.posts += len(stored)
        return [
            ExportedPost(
                id=post.id,
                create_at=post.create_at,
                author=self._authors[post.user_id],
                root_id=post.root_id,
                message=post.message,
                type=post.type,
                files=files.get(post.id, ()),
                shows_email=self._shows_emails,
            )
            for post in stored
        ]


def _groups(threads: Sequence[_Thread]) -> list[list[_Thread]]:
    """The threads in order, as many together as have a page of replies among them."""
    groups: list[list[_Thread]] = []
    room = 0
    for thread in threads:
        if not groups or thread.reply_count > room:
            groups.append([])
            room = _PAGE
        groups[-1].append(thread)
        room -= thread.reply_count
    return groups
