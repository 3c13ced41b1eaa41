"""`commandpost archive`: from one server to another that has heard nothing of it."""

import json
import zipfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from commandpost.archive import signature
from commandpost.cli import main
from tests.archive.files import EVENTS, PUBLIC, by_hand, kept, lines, signed, zipped


def commandpost(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["archive", *(str(one) for one in arguments)])


def imported(home: Path, file: Path, *more: str | Path) -> Result:
    return commandpost("import", file, "--team", "acme", "--data-dir", home, *more)


def exported(home: Path, result: Result, file: Path) -> Result:
    incident_id = result.output.split("Imported as ")[1].split(",")[0]
    return commandpost("export", incident_id, file, "--data-dir", home)


def events_in(file: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(file) as archive:
        return [json.loads(line) for line in archive.read("events.jsonl").splitlines()]


def test_an_incident_moves_to_a_fresh_server_with_the_same_events_posts_and_files(
    homes: tuple[Path, Path], tmp_path: Path
) -> None:
    strangers = json.loads(json.dumps(EVENTS).replace('"ana"', '"yan"'))
    posts = [
        {"id": "p1", "author_id": "zoe", "create_at": EVENTS[0]["at"], "message": "Why?", "file_ids": ["f1"]},
        {"id": "p2", "author_id": "yan", "create_at": EVENTS[1]["at"], "message": "Cart", "root_id": "p1"},
    ]
    by_hand = zipped(
        {
            "events.jsonl": lines(strangers),
            "posts.jsonl": lines(posts),
            "files.jsonl": lines([{"id": "f1", "post_id": "p1", "name": "why.txt"}]),
            "files/f1": "because",
        }
    )
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"

    assert exported(homes[0], imported(homes[0], kept(tmp_path, by_hand)), first).exit_code == 0
    moved = imported(homes[1], first)
    assert exported(homes[1], moved, second).exit_code == 0

    assert moved.output.startswith("Unknown signer, signed by ")
    assert events_in(second) == events_in(first)
    with zipfile.ZipFile(first) as before, zipfile.ZipFile(second) as after:
        assert after.read("documents/events.csv") == before.read("documents/events.csv")
        said = [json.loads(line) for line in after.read("posts.jsonl").splitlines()]
        assert [one["message"] for one in said] == ["Why?", "Cart"]
        assert said[1]["root_id"] == said[0]["id"]
        assert after.read(f"files/{said[0]['file_ids'][0]}") == b"because"


def test_verify_ends_with_a_status_for_each_verdict(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"algorithm": "ed25519", "public_key": PUBLIC}))
    whole = kept(tmp_path, signed())

    assert commandpost("verify", whole, "--signer", key).exit_code == 0
    assert commandpost("verify", whole).exit_code == 4
    assert commandpost("verify", kept(tmp_path, by_hand())).exit_code == 3
    altered = signed().replace(b"hello", b"hallo")
    result = commandpost("verify", kept(tmp_path, altered), "--signer", key)
    assert result.exit_code == 1
    assert result.output.startswith("Altered")
    assert commandpost("verify", kept(tmp_path, b"no archive")).exit_code == 1


def test_a_known_signer_is_said_to_be_known(homes: tuple[Path, Path], tmp_path: Path) -> None:
    first, key = tmp_path / "first.zip", tmp_path / "key"
    exported(homes[0], imported(homes[0], kept(tmp_path, by_hand())), first)
    with zipfile.ZipFile(first) as archive:
        key.write_text(json.loads(archive.read("manifest.json"))["signer"]["public_key"])

    assert imported(homes[1], first, "--signer", key).output.startswith("Intact")


def test_a_new_key_for_secrets_leaves_the_signing_key(homes: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    made = imported(homes[0], kept(tmp_path, by_hand()))
    exported(homes[0], made, first)

    rotated = CliRunner().invoke(main, ["secrets", "rotate", "--data-dir", str(homes[0])])

    assert rotated.exit_code == 0
    assert exported(homes[0], made, second).exit_code == 0
    keys = set[str]()
    for file in (first, second):
        with zipfile.ZipFile(file) as archive:
            keys.add(json.loads(archive.read("manifest.json"))["signer"]["public_key"])
    assert len(keys) == 1
    assert signature.is_public_key(keys.pop())


def test_a_folder_is_imported_and_what_is_refused_is_named(homes: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "past"
    folder.mkdir()
    assert imported(homes[0], folder).exit_code == 1
    (folder / "1.zip").write_bytes(zipped({"events.jsonl": lines(EVENTS), "posts.jsonl": ""}))
    (folder / "2.zip").write_bytes(signed().replace(b"hello", b"hallo"))
    (folder / "3.zip").write_bytes(zipped({"events.jsonl": lines(EVENTS[:1])}))
    (folder / "notes.txt").write_text("no archive")

    first = imported(homes[0], folder)
    again = imported(homes[0], folder)

    assert (first.exit_code, first.output.count("Imported as ")) == (1, 2)
    assert "2.zip: The archive is not as it was made" in first.output
    assert first.output.endswith("2 of 3 imported.\n")
    assert again.output.endswith("0 of 3 imported.\n")


def test_nothing_is_replaced_and_teams_must_be_there(homes: tuple[Path, Path], tmp_path: Path) -> None:
    there = kept(tmp_path, by_hand())

    assert commandpost("export", "x" * 26, there, "--data-dir", homes[0]).exit_code == 1
    assert "is there already" in commandpost("export", "x" * 26, there, "--data-dir", homes[0]).output
    assert commandpost("import", there, "--team", "none", "--data-dir", homes[0]).exit_code == 1
