"""The kinds of ids of the core. The chat's own ids (users, teams, channels, posts) are plain texts here."""

from typing import NewType

from commandpost.kernel.ids import new_id

PlaybookId = NewType("PlaybookId", str)
IncidentId = NewType("IncidentId", str)
StageId = NewType("StageId", str)
TaskId = NewType("TaskId", str)

NO_PLAYBOOK = PlaybookId("")
"""The playbook of an incident that was started blank."""

_PENDING = "0"
"""How the id begins that stands for a post's until the chat gives one: no id of a chat has that sign."""


def pending_id() -> str:
    """A fresh id for something that the chat is yet to do."""
    return _PENDING + new_id()[1:]


def is_pending(post_id: str) -> bool:
    """Whether the chat has not posted it yet."""
    return post_id.startswith(_PENDING)


def shown_id(post_id: str) -> str:
    """The id as others see it: "" until the chat has given one."""
    return "" if is_pending(post_id) else post_id
