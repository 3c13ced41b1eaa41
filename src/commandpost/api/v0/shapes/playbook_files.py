"""Playbooks as files, for another team or another server.

A file holds what a reader of the playbook means by it: stages, tasks, templates, reminders. Ids, members and
the broadcast channel belong to one server and stay there.
"""

import re

import msgspec

from commandpost.incidents.model.playbook import Playbook, PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.incidents.model.review_plan import ReviewPlan
from commandpost.kernel.errors import Invalid

FORMAT = "command-post.playbook"
VERSION = 1

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


class PlaybookFileForeign(Invalid):
    """This is not a playbook's file, or one of a newer release."""

    code = "playbook.file"


class TaskInFile(msgspec.Struct, kw_only=True):
    """A task."""

    title: str
    description: str = ""
    command: str = ""


class StageInFile(msgspec.Struct, kw_only=True):
    """A stage with its tasks."""

    title: str
    items: list[TaskInFile] = []


class PlaybookFileShape(msgspec.Struct, kw_only=True):
    """A playbook without what belongs to one server. `format` and `version` say how to read it."""

    format: str
    version: int
    title: str
    description: str
    create_public_incident: bool
    checklists: list[StageInFile]
    reminder_message_template: str
    reminder_timer_default_seconds: int
    review_template: str
    review_reminder_seconds: int


class PlaybookFileBody(msgspec.Struct, kw_only=True):
    """A playbook's file as it comes in; of what is left out there is none."""

    format: str
    version: int
    title: str
    description: str = ""
    create_public_incident: bool = False
    checklists: list[StageInFile] = []
    reminder_message_template: str = ""
    reminder_timer_default_seconds: int = 0
    review_template: str = ""
    review_reminder_seconds: int = 0

    def content_in(self, team_id: str) -> PlaybookContent:
        """The content of a new playbook of that team. Raises PlaybookFileForeign."""
        if self.format != FORMAT or self.version != VERSION:
            raise PlaybookFileForeign
        return PlaybookContent(
            team_id=team_id,
            title=self.title,
            description=self.description,
            create_public_incident=self.create_public_incident,
            stages=tuple(_stage_of(stage) for stage in self.checklists),
            reminder_message_template=self.reminder_message_template,
            reminder_timer_default_s=self.reminder_timer_default_seconds,
        )


def playbook_file_shape(playbook: Playbook, plan: ReviewPlan) -> PlaybookFileShape:
    """A playbook as a file, with what it says about reviews."""
    content = playbook.content
    return PlaybookFileShape(
        format=FORMAT,
        version=VERSION,
        title=content.title,
        description=content.description,
        create_public_incident=content.create_public_incident,
        checklists=[_stage_in_file(stage) for stage in content.stages],
        reminder_message_template=content.reminder_message_template,
        reminder_timer_default_seconds=content.reminder_timer_default_s,
        review_template=plan.template,
        review_reminder_seconds=plan.remind_after_s,
    )


def file_name(playbook: Playbook) -> str:
    """What the file is called: the title in plain letters."""
    plain = _NOT_IN_NAMES.sub("-", playbook.content.title.lower()).strip("-")[:_LONGEST_NAME]
    return f"{plain or 'playbook'}.playbook.json"


def _stage_in_file(stage: PlaybookStage) -> StageInFile:
    tasks = [TaskInFile(title=t.title, description=t.description, command=t.command) for t in stage.tasks]
    return StageInFile(title=stage.title, items=tasks)


def _stage_of(stage: StageInFile) -> PlaybookStage:
    tasks = [PlaybookTask(title=t.title, description=t.description, command=t.command) for t in stage.items]
    return PlaybookStage(title=stage.title, tasks=tuple(tasks))
