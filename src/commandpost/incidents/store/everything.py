"""Everything at once: taken away."""

from commandpost.db import Sql, Work

_TABLES = (
    "follow_ups",
    "review_reminders",
    "review_versions",
    "review_documents",
    "review_plans",
    "event_subscriptions",
    "imported_people",
    "imported_incidents",
    "incident_events",
    "reminders",
    "rehearsals",
    "incident_counts",
    "incident_members",
    "status_posts",
    "tasks",
    "stages",
    "incidents",
    "playbook_decisions",
    "playbook_versions",
    "playbook_members",
    "playbooks",
)
_DELETIONS = tuple(Sql(f"DELETE FROM {table}") for table in _TABLES)


async def delete(work: Work) -> None:
    """Delete all incidents and playbooks with all that belongs to them."""
    for deletion in _DELETIONS:
        await work.run(deletion)
