"""The kinds of ids of the core. The chat's own ids (users, teams, channels, posts) are plain texts here."""

from typing import NewType

PlaybookId = NewType("PlaybookId", str)
IncidentId = NewType("IncidentId", str)
StageId = NewType("StageId", str)
TaskId = NewType("TaskId", str)

NO_PLAYBOOK = PlaybookId("")
"""The playbook of an incident that was started blank."""
