"""Playbooks from files, as Playbooks and Incident Management write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from commandpost.moving import playbooks
from commandpost.moving.playbooks import PlaybookUnreadable

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


def kept(folder: Path, value: object) -> Path:
    file = folder / "playbook.json"
    file.write_text(json.dumps(value))
    return file


def test_what_means_nothing_here_is_named(tmp_path: Path) -> None:
    assert playbooks.left_behind(kept(tmp_path, EXPORTED)) == ["message_on_join", "message_on_join_enabled"]


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"title": " "},
        {"title": "Outage", "version": 2},
        {"title": "Outage", "checklists": "many"},
        {"title": "Outage", "checklists": [{"items": []}]},
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(PlaybookUnreadable):
        playbooks.read(kept(tmp_path, value))
