"""An archived incident brought in: all of it or nothing, and nobody is told, reminded or called."""

import asyncio
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from commandpost.archive import reading, shapes
from commandpost.archive.reading import Reader, Report, Verdict
from commandpost.archive.shapes import ArchivedPerson, ArchivedPost
from commandpost.audit.entry import Deed
from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.archiving import arriving as arrivals
from commandpost.incidents.actions.archiving import grounds, learned
from commandpost.incidents.actions.archiving.arriving import Arriving
from commandpost.incidents.actions.archiving.people import ids_in, own_id
from commandpost.incidents.model import replay
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.naming import (
    SUFFIX_LENGTH,
    NameInvalid,
    channel_name,
    channel_name_with,
)
from commandpost.incidents.model.past import Joined, PastIncident
from commandpost.incidents.model.text import MESSAGE_LIMIT
from commandpost.incidents.model.timeline import Entry
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import (
    BOT,
    Actor,
    Channel,
    ChannelType,
    Contents,
    Desk,
    Desks,
    PastChannel,
    Post,
    PostFile,
    PostReaction,
)
from commandpost.incidents.store import archives, past
from commandpost.incidents.store.archives import Origin, Stranger
from commandpost.kernel.clock import LATEST, Millis
from commandpost.kernel.errors import Conflict, Invalid
from commandpost.kernel.ids import new_id
from commandpost.kernel.temporary import in_temporary_files
from commandpost.kernel.text import is_storable

_SPOOLED_BYTES = 1_000_000
_EMOJI_NAME = re.compile(r"[a-zA-Z0-9_+\-]{1,64}")


class ArchiveAltered(Invalid):
    """The archive is not as it was made; nothing was imported."""

    code = "archive.altered"


class AlreadyHere(Conflict):
    """This incident is here already; nothing was imported."""

    code = "archive.already_here"


class IdsTaken(Conflict):
    """Something else here has an id that the archive uses; nothing was imported."""

    code = "archive.ids_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An incident that was brought in, and what its archive turned out to be."""

    incident: Incident
    report: Report


async def bring_in(
    desks: Desks,
    who: Actor,
    team_id: str,
    path: Path,
    report: Report,
    contents: Contents,
    *,
    has_channel: bool = False,
) -> Imported:
    """Make the incident of an archive, as it was verified. For system administrators.

    `has_channel` says that its channel is known to be there already, outside, also if the chat cannot see it.
    Raises NotAuthorized, ArchiveAltered, AlreadyHere, IdsTaken, EventsUnreadable, LogWithoutStart,
    ArchiveDamaged, ArchiveTooLarge.
    """
    async with desks.reading() as desk:
        await access.permit_in_team(desk, who, team_id, Act.IMPORT_INCIDENT)
    if report.verdict is Verdict.ALTERED:
        raise ArchiveAltered(f"The archive is not as it was made: {report.reason} Nothing was imported.")
    kept: dict[str, PostFile] = {}
    with reading.opened(path) as reader:
        # Reading a log of many thousand events takes seconds, in which others are not to wait.
        arriving = await asyncio.to_thread(arrivals.read, reader)
        try:
            kept |= await _files_kept(reader, arriving, contents)
            async with desks.writing() as desk:
                incident, is_put = await _made(
                    desk, who, team_id, arriving, report, kept, reader, has_channel=has_channel
                )
            if not is_put:
                await _thrown_away(kept, contents)
        except BaseException:
            await _thrown_away(kept, contents)
            raise
    return Imported(incident=incident, report=report)


async def _files_kept(reader: Reader, arriving: Arriving, contents: Contents) -> dict[str, PostFile]:
    """The contents of files, kept under fresh ids: none can take the place of another."""
    kept: dict[str, PostFile] = {}
    try:
        for file in arriving.files.values():
            name = f"{shapes.CONTENTS}{file.id}"
            if name not in reader:
                continue
            with in_temporary_files(), tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES) as spooled:
                for chunk in reader.chunks(name):
                    spooled.write(chunk)
                spooled.seek(0)
                wanted = PostFile(id=new_id(), name=Path(file.name).name[:255] or "file")
                kept[file.id] = await contents.put(wanted, cast("BinaryIO", spooled))
    except BaseException:
        await _thrown_away(kept, contents)
        raise
    return kept


async def _thrown_away(kept: Mapping[str, PostFile], contents: Contents) -> None:
    for file in kept.values():
        await contents.remove(file.id)


async def _made(
    desk: Desk,
    who: Actor,
    team_id: str,
    arriving: Arriving,
    report: Report,
    kept: Mapping[str, PostFile],
    reader: Reader,
    *,
    has_channel: bool,
) -> tuple[Incident, bool]:
    """The incident, and whether its channel was put here: it may be there already, outside."""
    await access.permit_in_team(desk, who, team_id, Act.IMPORT_INCIDENT)
    people, strangers = await _recognised(desk, arriving, grounds.people_in(reader))
    brought = grounds.read(reader, people)
    entries = await asyncio.to_thread(arrivals.entries_of, arriving, people)
    incident = await asyncio.to_thread(arrivals.incident_of, arriving, entries, people, team_id)
    posts = _posts(arriving, incident, people, strangers, kept)
    await archives.hold_imports(desk.work)
    if await archives.is_there(desk.work, incident.id, incident.channel_id):
        raise AlreadyHere
    post_ids = [post.id for post in posts]
    has_past = has_channel or await desk.chat.has_past(team_id=team_id, channel_id=incident.channel_id)
    if await archives.holds_ids_of(desk.work, incident) or (
        not has_past and await desk.chat.are_taken(channel_id=incident.channel_id, post_ids=post_ids)
    ):
        raise IdsTaken
    present = replay.members(entries)
    joined = await _joined(desk, present, team_id)
    if not has_past:
        channel = await _channel(desk, incident, arriving)
        header = wording.imported(report.verdict, report.manifest.signer and report.manifest.signer.server)
        await desk.chat.put_past(
            [
                PastChannel(
                    channel=channel,
                    header=header,
                    create_at=incident.create_at,
                    joined={one.user_id: one.at for one in joined},
                    posts=tuple(posts),
                    present=frozenset(present.keys() - {""}),
                )
            ]
        )
    await past.insert(desk.work, [PastIncident(incident=incident, joined=joined, entries=tuple(entries))])
    await learned.keep(desk, incident.id, arriving.learned, people, reader)
    origin = Origin(
        incident_id=incident.id,
        standing=report.verdict.value,
        signer=report.signer,
        server=report.manifest.signer.server if report.manifest.signer else "",
        digest=report.digest,
        imported_by=who.user_id,
        import_at=desk.now,
    )
    await archives.add_origin(desk.work, origin, [*strangers.values()], brought)
    await desk.record(
        Deed.INCIDENT_IMPORTED,
        incident.id,
        by=who,
        after={"events": len(entries), "standing": origin.standing, "digest": origin.digest},
    )
    return incident, not has_past


async def _recognised(
    desk: Desk, arriving: Arriving, present: AbstractSet[str]
) -> tuple[dict[str, str], dict[str, Stranger]]:
    """Ids here by ids in the archive, and by their ids here those who have no account.

    An address counts more than a username. In a hand-written archive an id may be a username.
    """
    ids = ids_in(arriving.events) | {post.author_id for post in arriving.posts} | arriving.people.keys()
    ids |= present | {one.user_id for one in arriving.reactions}
    if arriving.incident is not None:
        ids |= {arriving.incident.commander_id, arriving.incident.reporter_id}
        ids |= {task.assignee_id for stage in arriving.incident.stages for task in stage.tasks}
    ids |= arriving.learned.people()
    known = {one: arriving.people.get(one) or ArchivedPerson(id=one, username=one) for one in ids - {""}}
    found = await desk.chat.users_known_as(
        [person.username for person in known.values()], [one.email for one in known.values() if one.email]
    )
    by_name = {user.username: user.id for user in found}
    by_email = {user.email: user.id for user in found if user.email}
    people: dict[str, str] = {}
    strangers: dict[str, Stranger] = {}
    for one, person in sorted(known.items()):
        here = by_email.get(person.email.lower()) or by_name.get(person.username.lower())
        people[one] = here or own_id("person", one)
        if here is None:
            strangers[people[one]] = _stranger(people[one], person)
    return people, strangers


def _stranger(user_id: str, person: ArchivedPerson) -> Stranger:
    names = (person.username, person.first_name, person.last_name)
    username, first_name, last_name = (name[:64] if is_storable(name) else "" for name in names)
    return Stranger(
        user_id=user_id,
        username=username,
        first_name=first_name,
        last_name=last_name,
        is_bot=person.is_bot,
    )


def _posts(
    arriving: Arriving,
    incident: Incident,
    people: Mapping[str, str],
    strangers: Mapping[str, Stranger],
    kept: Mapping[str, PostFile],
) -> list[Post]:
    """The posts of the channel. Those of strangers, and of the system, are the bot's under their name."""
    name = partial(own_id, incident.id)
    reactions = _reactions(arriving, people, strangers)
    roots = {post.id for post in arriving.posts if not post.root_id}
    seen, left = {""}, dict(kept)
    posts: list[Post] = []
    for post in arriving.posts:
        author_id = people.get(post.author_id, "")
        stranger = strangers.get(author_id)
        if post.id in seen:
            raise arrivals.EventsUnreadable("Two posts have the same id, or one has none.")
        seen.add(post.id)
        if not is_storable(post.message) or not all(0 <= at <= LATEST for at in _times(post)):
            raise arrivals.EventsUnreadable("A post cannot be kept.")
        posts.append(
            Post(
                id=name(post.id),
                channel_id=incident.channel_id,
                author_id=BOT if stranger or post.type or not author_id else author_id,
                author_name=stranger.username if stranger else "",
                message="" if post.delete_at else post.message[:MESSAGE_LIMIT],
                create_at=Millis(post.create_at),
                edit_at=Millis(post.edit_at),
                delete_at=Millis(post.delete_at),
                root_id=name(post.root_id) if post.root_id in roots else "",
                files=tuple(left.pop(one) for one in post.file_ids if one in left and not post.delete_at),
                reactions=() if post.delete_at else tuple(reactions[post.id].values()),
            )
        )
    return posts


def _times(post: ArchivedPost) -> tuple[int, int, int]:
    return post.create_at, post.edit_at, post.delete_at


def _reactions(
    arriving: Arriving, people: Mapping[str, str], strangers: Mapping[str, Stranger]
) -> dict[str, dict[tuple[str, str], PostReaction]]:
    """By post, the reactions of those who have an account here: nobody else can have one."""
    found: dict[str, dict[tuple[str, str], PostReaction]] = defaultdict(dict)
    for one in arriving.reactions:
        if not _EMOJI_NAME.fullmatch(one.emoji_name) or not 0 <= one.create_at <= LATEST:
            raise arrivals.EventsUnreadable("A reaction cannot be kept.")
        user_id = people.get(one.user_id, "")
        if user_id and user_id not in strangers:
            found[one.post_id][user_id, one.emoji_name] = PostReaction(
                user_id=user_id, emoji_name=one.emoji_name, create_at=Millis(one.create_at)
            )
    return found


async def _joined(desk: Desk, present: Mapping[str, Entry], team_id: str) -> tuple[Joined, ...]:
    """Those who were in the channel at the end, as far as they are in this team."""
    here = await desk.chat.those_seeing_team(present.keys() - {""}, team_id)
    return tuple(
        Joined(user_id=user_id, at=entry.at) for user_id, entry in present.items() if user_id in here
    )


async def _channel(desk: Desk, incident: Incident, arriving: Arriving) -> Channel:
    wanted = arriving.incident.channel_name if arriving.incident else ""
    try:
        name = channel_name(wanted or incident.name)
    except NameInvalid:
        name = f"incident-{incident.id}"
    if await desk.chat.taken_names(incident.team_id, [name]):
        name = channel_name_with(new_id()[:SUFFIX_LENGTH], name)
    return Channel(
        id=incident.channel_id,
        team_id=incident.team_id,
        type=ChannelType.PUBLIC if incident.is_public else ChannelType.PRIVATE,
        name=name,
        display_name=incident.name,
    )
