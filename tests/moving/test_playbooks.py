"""Playbooks from files, as Playbooks and Incident Management write them."""

import json
from pathlib import Path

import pytest

from commandpost.moving import playbooks
from commandpost.moving.playbooks import PlaybookUnreadable
from tests.moving.exported import EXPORTED


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
