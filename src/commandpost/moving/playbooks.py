"""Playbooks as others write them: the export of Playbooks, and the original's own."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import msgspec.structs

from commandpost.incidents.actions import playbooks, review_plans
from commandpost.incidents.model.ids import PlaybookId
from commandpost.incidents.model.playbook import Playbook, PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.incidents.ports import Actor, Desk
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import is_id
from commandpost.moving.shapes import OriginalPlaybook

EXPORT_VERSION = 1
_OF_THE_SERVER = frozenset({"team_id", "create_at", "update_at", "num_stages", "num_steps", "last_run_at"})


class PlaybookUnreadable(Invalid):
    """The file is not a playbook as Playbooks or Incident Management export it."""

    code = "import.playbook_unreadable"


def read(path: Path) -> OriginalPlaybook:
    """A playbook from a file of JSON. Raises PlaybookUnreadable."""
    try:
        playbook = msgspec.json.decode(path.read_bytes(), type=OriginalPlaybook)
    except (OSError, msgspec.MsgspecError) as cause:
        raise PlaybookUnreadable(f"{path} is no exported playbook: {cause}.") from cause
    if playbook.version not in (None, EXPORT_VERSION):
        raise PlaybookUnreadable(f"{path} is an export of version {playbook.version}, which is not known.")
    if not playbook.title.strip():
        raise PlaybookUnreadable(f"{path} has no title.")
    return playbook


async def bring_in(
    desk: Desk, who: Actor, playbook: OriginalPlaybook, *, team_id: str, member_ids: Sequence[str]
) -> Playbook:
    """Make the playbook in a team here, with its id if it has one. Its broadcast channel stays behind.

    Raises PlaybookAlreadyHere, NotAuthorized, PlaybookTooLarge, TextTooLong, TextUnstorable,
    ReminderOutOfRange.
    """
    moved_id = PlaybookId(playbook.id) if is_id(playbook.id) else None
    made = await playbooks.create(desk, who, _content(playbook, team_id, member_ids), moved_id=moved_id)
    await review_plans.begin(
        desk,
        made,
        template=playbook.retrospective_template,
        remind_after_s=playbook.retrospective_reminder_interval_seconds,
    )
    return made


def _content(playbook: OriginalPlaybook, team_id: str, member_ids: Sequence[str]) -> PlaybookContent:
    return PlaybookContent(
        team_id=team_id,
        title=playbook.title,
        description=playbook.description,
        create_public_incident=playbook.create_public_incident or playbook.create_public_playbook_run,
        stages=tuple(
            PlaybookStage(
                title=stage.title,
                tasks=tuple(
                    PlaybookTask(title=task.title, description=task.description, command=task.command)
                    for task in stage.tasks
                ),
            )
            for stage in playbook.stages
        ),
        member_ids=tuple(member_ids),
        reminder_message_template=playbook.reminder_message_template,
        reminder_timer_default_s=playbook.reminder_timer_default_seconds,
    )


def left_behind(path: Path) -> Sequence[str]:
    """The fields of an export that say something and mean nothing here, by name."""
    fields = msgspec.json.decode(path.read_bytes(), type=dict[str, object])
    known = {field.name for field in msgspec.structs.fields(OriginalPlaybook)}
    return sorted(name for name, value in fields.items() if value and name not in known | _OF_THE_SERVER)
