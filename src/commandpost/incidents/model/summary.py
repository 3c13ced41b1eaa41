"""What an incident is about and how far it is: as much of it as fits into one answer."""

from typing import NamedTuple

import msgspec

from commandpost.incidents.model.task import TaskState
from commandpost.kernel.clock import Millis


class TaskLine(NamedTuple):
    """A task of the active stage."""

    title: str
    state: TaskState
    state_modified: Millis


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in short. `stage_title` is None, and `tasks` empty, if there is no active stage."""

    team_id: str
    channel_id: str
    name: str
    is_public: bool
    is_active: bool
    commander_id: str
    create_at: Millis
    end_at: Millis
    stage_title: str | None
    tasks: tuple[TaskLine, ...]
