"""A playbook as Playbooks exports it."""

from typing import Any

EXPORTED: dict[str, Any] = {
    "version": 1,
    "title": "Outage",
    "description": "When it is down",
    "create_public_playbook_run": True,
    "checklists": [
        {"title": "Triage", "items": [{"title": "Call", "command": "/echo hi", "description": "by phone"}]},
        {"title": "Close", "items": None},
    ],
    "reminder_message_template": "### Status",
    "reminder_timer_default_seconds": 900,
    "retrospective_template": "# Review",
    "retrospective_reminder_interval_seconds": 86_400,
    "metrics": [],
    "message_on_join": "Welcome",
    "message_on_join_enabled": True,
}
