"""An incident written into an archive; posts and files are read in pieces."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import IO

import msgspec

from commandpost import __version__
from commandpost.archive import shapes
from commandpost.archive.shapes import (
    ArchivedEvent,
    ArchivedFile,
    ArchivedIncident,
    ArchivedPerson,
    ArchivedPlaybook,
    ArchivedPlaybookStage,
    ArchivedPlaybookTask,
    ArchivedPost,
    ArchivedReaction,
    Manifest,
    Signer,
)
from commandpost.archive.writing import Writer
from commandpost.audit.entry import Deed
from commandpost.incidents.actions import access
from commandpost.incidents.actions.archiving import grounds, learned, papers, signing
from commandpost.incidents.actions.archiving.learned import Learned
from commandpost.incidents.actions.archiving.log_lines import event_of
from commandpost.incidents.actions.archiving.papers import Papers, ToldToPrograms
from commandpost.incidents.actions.archiving.people import ids_in
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.playbook import PlaybookContent
from commandpost.incidents.permissions import Act, NotAuthorized
from commandpost.incidents.ports import BEGINNING, Actor, Contents, Desk, Desks, Post
from commandpost.incidents.store import archives, log, playbooks
from commandpost.vault import Vault

_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What an archive is made with: contents of files, what opens the server's key, a shape."""

    contents: Contents
    vault: Vault
    told: ToldToPrograms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    incident: ArchivedIncident
    events: Sequence[ArchivedEvent]
    playbook: ArchivedPlaybook | None
    learned: Learned
    papers: Papers
    people: Mapping[str, ArchivedPerson]
    shows_emails: bool


async def export(desks: Desks, who: Actor, incident_id: str, *, means: Means, target: IO[bytes]) -> str:
    """Write an incident with all that belongs to it, signed; gives the file's name.

    For those who may see the incident and read its channel. Raises NotAuthorized, IncidentUnknown,
    Unreadable when the server's key cannot be decrypted.
    """
    async with desks.reading() as desk:
        read = await _read(desk, who, incident_id, means.told)
        made_at, site_url = desk.now, desk.site_url
    pair = await signing.key_pair(desks, means.vault)
    manifest = Manifest(
        incident_id=read.incident.id,
        made_by=f"Command Post {__version__}",
        made_at=made_at,
        signer=Signer(public_key=pair.public_key, server=site_url),
    )
    people = dict(read.people)
    with Writer(target, manifest) as writer:
        writer.put(shapes.INCIDENT, read.incident)
        with writer.member(shapes.EVENTS) as member:
            for event in read.events:
                member.line(event)
        if read.playbook is not None:
            writer.put(shapes.PLAYBOOK, read.playbook)
        await _write_learned(writer, desks, read.incident.id, read.learned)
        grounds.write(writer, read.papers.whole.told.grounds, since=read.incident.create_at)
        files = await _write_posts(writer, desks, read, people)
        await _write_files(writer, files, means.contents)
        with writer.member(shapes.PEOPLE) as member:
            for person in people.values():
                member.line(person)
        names = {person.id: person.username for person in people.values()}
        await papers.write(writer, read.papers, read.incident, read.events, names)
        writer.finish(pair.private_key)
    async with desks.writing() as desk:
        after = {"events": len(read.events)}
        await desk.record(Deed.INCIDENT_EXPORTED, read.incident.id, by=who, after=after)
    return f"{read.incident.channel_name or read.incident.id}.incident.zip"


async def _read(desk: Desk, who: Actor, incident_id: str, told: ToldToPrograms) -> _Read:
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    if not await desk.chat.reads_channel(who.user_id, incident.channel_id):
        raise NotAuthorized
    shows_emails = await desk.chat.is_system_admin(who.user_id)
    events = [event_of(entry) for entry in await log.whole(desk.work, incident.id)]
    archived = await _incident(desk, incident)
    version = await playbooks.content_of_version(desk.work, incident.playbook_id, incident.playbook_version)
    found = await learned.of_incident(desk, incident.id)
    gathered = await papers.gathered(desk, who, incident.id, told)
    present = {change.user_id for change in gathered.whole.told.grounds.presence}
    ids = {archived.commander_id, archived.reporter_id, *ids_in(events), *found.people(), *present} - {""}
    # An attached server has to be asked before anything is written; it has asked for all who took part in the
    # conversation when it gives the first page.
    said = await desk.chat.history(incident.channel_id, after=BEGINNING, limit=_PAGE)
    ids |= {post.author_id for _, post in said} - {""}
    people = await _people(desk, incident.id, sorted(ids), shows_emails=shows_emails)
    return _Read(
        incident=archived,
        events=events,
        playbook=_playbook(incident, version) if version else None,
        learned=found,
        papers=gathered,
        people=people,
        shows_emails=shows_emails,
    )


async def _incident(desk: Desk, incident: Incident) -> ArchivedIncident:
    channel = await desk.chat.channel(incident.channel_id)
    team = await desk.chat.team(incident.team_id)
    plain = msgspec.to_builtins(incident)
    return msgspec.convert(
        {
            **plain,
            "channel_name": channel.name if channel else "",
            "team_name": team.name if team else "",
        },
        ArchivedIncident,
    )


async def _people(
    desk: Desk, incident_id: str, user_ids: Sequence[str], *, shows_emails: bool
) -> dict[str, ArchivedPerson]:
    """Who is meant by ids: people of this server, and those who came with an imported incident."""
    people = {
        one.user_id: ArchivedPerson(
            id=one.user_id,
            username=one.username,
            first_name=one.first_name,
            last_name=one.last_name,
            is_bot=one.is_bot,
        )
        for one in await archives.strangers(desk.work, incident_id)
        if one.user_id in user_ids
    }
    for user in (await desk.chat.users(user_ids)).values():
        people[user.id] = ArchivedPerson(
            id=user.id,
            username=user.username,
            email=user.email if shows_emails else "",
            first_name=user.first_name,
            last_name=user.last_name,
            is_bot=user.is_bot,
        )
    return dict(sorted(people.items()))


def _playbook(incident: Incident, content: PlaybookContent) -> ArchivedPlaybook:
    return ArchivedPlaybook(
        id=incident.playbook_id,
        version=incident.playbook_version,
        title=content.title,
        description=content.description,
        create_public_incident=content.create_public_incident,
        checklists=tuple(
            ArchivedPlaybookStage(
                title=stage.title,
                items=tuple(
                    ArchivedPlaybookTask(title=task.title, description=task.description, command=task.command)
                    for task in stage.tasks
                ),
            )
            for stage in content.stages
        ),
        reminder_message_template=content.reminder_message_template,
        reminder_timer_default_seconds=content.reminder_timer_default_s,
    )


async def _write_posts(
    writer: Writer, desks: Desks, read: _Read, people: dict[str, ArchivedPerson]
) -> list[ArchivedFile]:
    """Write posts and reactions, and add whose they are to the people; gives the files that are in them."""
    files: list[ArchivedFile] = []
    reactions: list[ArchivedReaction] = []
    with writer.member(shapes.POSTS) as member:
        async for posts, authors in _posts(desks, read):
            people |= authors
            for post in posts:
                member.line(
                    ArchivedPost(
                        id=post.id,
                        author_id=post.author_id,
                        create_at=post.create_at,
                        message=post.message,
                        root_id=post.root_id,
                        type=post.type,
                        file_ids=tuple(file.id for file in post.files),
                        edit_at=post.edit_at,
                        delete_at=post.delete_at,
                    )
                )
                reactions += [
                    ArchivedReaction(
                        post_id=post.id,
                        user_id=one.user_id,
                        emoji_name=one.emoji_name,
                        create_at=one.create_at,
                    )
                    for one in post.reactions
                ]
                files += [
                    ArchivedFile(
                        id=file.id, post_id=post.id, name=file.name, mime_type=file.mime_type, size=file.size
                    )
                    for file in post.files
                ]
    with writer.member(shapes.REACTIONS) as member:
        for one in reactions:
            member.line(one)
    return files


async def _posts(
    desks: Desks, read: _Read
) -> AsyncGenerator[tuple[Sequence[Post], Mapping[str, ArchivedPerson]]]:
    place = BEGINNING
    while True:
        async with desks.reading() as desk:
            page = await desk.chat.history(read.incident.channel_id, after=place, limit=_PAGE)
            authors = {post.author_id for _, post in page} - {""}
            authors |= {one.user_id for _, post in page for one in post.reactions}
            people = await _people(desk, read.incident.id, sorted(authors), shows_emails=read.shows_emails)
        yield [post for _, post in page], people
        if len(page) < _PAGE:
            return
        place = page[-1][0]


async def _write_files(writer: Writer, files: Sequence[ArchivedFile], contents: Contents) -> None:
    """Write the files and their contents; of a content that is gone only the name is left."""
    with writer.member(shapes.FILES) as member:
        for file in files:
            member.line(file)
    for file in files:
        chunks = await contents.chunks(file.id)
        if chunks is None:
            continue
        async with aclosing(chunks):
            with writer.member(f"{shapes.CONTENTS}{file.id}", is_packed=False) as member:
                async for chunk in chunks:
                    member.write(chunk)


async def _write_learned(writer: Writer, desks: Desks, incident_id: str, found: Learned) -> None:
    """Write what people wrote of it afterwards, as far as there is anything."""
    if found.review is not None:
        writer.put(shapes.REVIEW, found.review)
        with writer.member(shapes.REVIEW_VERSIONS) as member:
            async with desks.reading() as desk:
                async for version in learned.versions_of(desk, incident_id, until=found.review.version):
                    member.line(version)
    if found.follow_ups:
        with writer.member(shapes.FOLLOW_UPS) as member:
            for one in found.follow_ups:
                member.line(one)
