"""An incident of the original, packed as an archive: unsigned, and marked as such where it arrives."""

import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from commandpost.archive import shapes
from commandpost.archive.shapes import (
    ArchivedFile,
    ArchivedIncident,
    ArchivedPerson,
    ArchivedPost,
    ArchivedStage,
    ArchivedStatus,
    ArchivedTask,
)
from commandpost.moving.history import history
from commandpost.moving.original import Original
from commandpost.moving.sentences import names_in
from commandpost.moving.shapes import (
    OriginalChannel,
    OriginalIncident,
    OriginalPost,
    OriginalStage,
    OriginalUser,
)

_encode = msgspec.json.Encoder().encode
_NS_IN_S = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What was packed; `unplaced` sentences of the bot were about tasks or stages not there any more."""

    events: int
    posts: int
    files: int
    unplaced: int


async def pack(
    original: Original, incident: OriginalIncident, target: Path, *, takes_files: bool = True
) -> Packed:
    """Write the archive of an incident: its history, channel, files and people. Raises OriginalUnreadable."""
    channel = await original.channel(incident.channel_id)
    posts = await original.posts(incident.channel_id)
    users = await original.users(_people_in(incident, posts))
    users |= await original.users_named(names_in(post.message for post in posts))
    told = history(incident, channel, posts, users)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(shapes.EVENTS, _lines(told.events))
        archive.writestr(shapes.INCIDENT, _encode(_incident(incident, channel, told.first_commander)))
        archive.writestr(shapes.PEOPLE, _lines(_person(user) for user in users.values()))
        archive.writestr(shapes.POSTS, _lines(_post(post) for post in posts if not post.delete_at))
        with_files = [post for post in posts if not post.delete_at] if takes_files else []
        kept = [(post, one) for post in with_files for one in post.file_ids or ()]
        files = [await _file(original, archive, post, one) for post, one in kept]
        archive.writestr(shapes.FILES, _lines(files))
    return Packed(events=len(told.events), posts=len(posts), files=len(files), unplaced=told.unplaced)


def _people_in(incident: OriginalIncident, posts: Iterable[OriginalPost]) -> set[str]:
    found = {incident.commander_user_id}
    found |= {task.assignee_id for stage in incident.stages for task in stage.tasks}
    for post in posts:
        found |= {post.user_id, post.about("addedUserId"), post.about("removedUserId")}
    return found


def _lines(values: Iterable[object]) -> bytes:
    return b"".join(_encode(value) + b"\n" for value in values)


def _incident(incident: OriginalIncident, channel: OriginalChannel, reporter_id: str) -> ArchivedIncident:
    stages = tuple(_stage(stage) for stage in incident.stages)
    return ArchivedIncident(
        id=incident.id,
        channel_id=incident.channel_id,
        channel_name=channel.name,
        name=incident.name,
        description=incident.description,
        is_public=channel.type == "O",
        is_active=incident.is_active,
        commander_id=incident.commander_user_id,
        reporter_id=reporter_id,
        playbook_id=incident.playbook_id,
        playbook_version=1 if incident.playbook_id else 0,
        post_id=incident.post_id,
        create_at=incident.create_at,
        end_at=incident.end_at,
        active_stage=min(max(incident.active_stage, 0), max(len(stages) - 1, 0)),
        stages=stages,
        status_posts=tuple(
            ArchivedStatus(id=one.id, create_at=one.create_at, delete_at=one.delete_at)
            for one in incident.status_posts or ()
        ),
        previous_reminder_s=incident.previous_reminder // _NS_IN_S,
        reminder_message_template=incident.reminder_message_template,
    )


def _stage(stage: OriginalStage) -> ArchivedStage:
    tasks = tuple(msgspec.convert(msgspec.to_builtins(task), ArchivedTask) for task in stage.tasks)
    return ArchivedStage(id=stage.id, title=stage.title, tasks=tasks)


def _person(user: OriginalUser) -> ArchivedPerson:
    return msgspec.convert(msgspec.to_builtins(user), ArchivedPerson)


def _post(post: OriginalPost) -> ArchivedPost:
    return ArchivedPost(
        id=post.id,
        author_id=post.user_id,
        create_at=post.create_at,
        message=post.message,
        root_id=post.root_id,
        type=post.type if post.type.startswith("system_") else "",
        file_ids=post.file_ids or (),
    )


async def _file(
    original: Original, archive: zipfile.ZipFile, post: OriginalPost, file_id: str
) -> ArchivedFile:
    about = await original.file(file_id)
    with tempfile.NamedTemporaryFile() as spooled:
        await original.content(file_id, Path(spooled.name))
        archive.write(spooled.name, f"{shapes.CONTENTS}{file_id}")
    return ArchivedFile(
        id=file_id, post_id=post.id, name=about.name, mime_type=about.mime_type, size=about.size
    )
