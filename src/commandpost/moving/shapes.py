"""What a server with the original plugin answers, as far as it is read here: REST v4, and the plugin's v0.

Times are milliseconds since 1970 UTC, ids of "" mean none. Fields that are not known are ignored, and lists
that are null, which older versions send, are empty.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace


class OriginalTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task; `state` is "", in_progress or closed."""

    id: str = ""
    title: str
    state: str = ""
    state_modified: int = 0
    state_modified_post_id: str = ""
    assignee_id: str = ""
    assignee_modified: int = 0
    assignee_modified_post_id: str = ""
    command: str = ""
    command_last_run: int = 0
    description: str = ""


class OriginalStage(msgspec.Struct, frozen=True, kw_only=True):
    """A stage with its tasks, in order."""

    id: str = ""
    title: str
    items: tuple[OriginalTask, ...] | None = None

    @property
    def tasks(self) -> tuple[OriginalTask, ...]:
        return self.items or ()


class OriginalStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A post that is a status update."""

    id: str
    create_at: int = 0
    delete_at: int = 0


class OriginalIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it stands; `previous_reminder` is in nanoseconds."""

    id: str
    name: str
    description: str = ""
    is_active: bool = True
    commander_user_id: str = ""
    channel_id: str
    create_at: int
    end_at: int = 0
    active_stage: int = 0
    post_id: str = ""
    playbook_id: str = ""
    checklists: tuple[OriginalStage, ...] | None = None
    status_posts: tuple[OriginalStatus, ...] | None = None
    previous_reminder: int = 0
    reminder_message_template: str = ""

    @property
    def stages(self) -> tuple[OriginalStage, ...]:
        return self.checklists or ()

    def with_ids(self) -> "OriginalIncident":
        """The same where each stage and task has an id: old ones of few have none."""
        stages = tuple(
            replace(
                stage,
                id=stage.id or f"stage {number}",
                items=tuple(
                    replace(task, id=task.id or f"task {number}.{place}")
                    for place, task in enumerate(stage.tasks)
                ),
            )
            for number, stage in enumerate(self.stages)
        )
        return replace(self, checklists=stages)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What is listed: only its id is read, the rest is asked for one by one."""

    id: str


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of incidents or playbooks."""

    has_more: bool = False
    items: tuple[Listed, ...] | None = None


class OriginalPlaybook(msgspec.Struct, frozen=True, kw_only=True):
    """A playbook, as v0 gives it or as Playbooks exports it: then `version` is 1 and there is no `id`."""

    id: str = ""
    version: int | None = None
    title: str
    description: str = ""
    create_public_incident: bool = False
    create_public_playbook_run: bool = False
    checklists: tuple[OriginalStage, ...] | None = None
    member_ids: tuple[str, ...] | None = None
    reminder_message_template: str = ""
    reminder_timer_default_seconds: int = 0
    retrospective_template: str = ""
    retrospective_reminder_interval_seconds: int = 0

    @property
    def stages(self) -> tuple[OriginalStage, ...]:
        return self.checklists or ()


class OriginalChannel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel; `type` is O for a public one."""

    id: str
    name: str
    type: str = "P"


class OriginalUser(msgspec.Struct, frozen=True, kw_only=True):
    """A user; `email` is "" where the token may not see it."""

    id: str
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    is_bot: bool = False


class OriginalPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post; `type` begins with system_ for what the server says itself."""

    id: str
    user_id: str = ""
    create_at: int
    delete_at: int = 0
    message: str = ""
    root_id: str = ""
    type: str = ""
    props: Mapping[str, Any] | None = None
    file_ids: tuple[str, ...] | None = None

    def about(self, name: str) -> str:
        """A property that is a text; "" if there is none."""
        value = (self.props or {}).get(name)
        return value if isinstance(value, str) else ""


class PostPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of posts, the newest first."""

    order: tuple[str, ...] | None = None
    posts: Mapping[str, OriginalPost] | None = None


class OriginalFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of a post is."""

    id: str
    name: str
    mime_type: str = ""
    size: int = 0


class OriginalTeam(msgspec.Struct, frozen=True, kw_only=True):
    """A team."""

    id: str
    name: str
