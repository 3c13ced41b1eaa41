"""The format as it is documented: the schema follows the code, and the examples are archives by it."""

import re
import zipfile
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from commandpost.archive import reading
from commandpost.archive.reading import Verdict, verified
from scripts import make_archive_schema
from scripts.make_archive_examples import BY_HAND, WHOLE, by_hand


def test_the_schema_follows_the_code() -> None:
    assert make_archive_schema.SCHEMA.read_text() == make_archive_schema.text()


def test_the_examples_are_what_the_document_says() -> None:
    with reading.opened(WHOLE) as reader:
        signer = reader.manifest.signer
    assert signer is not None

    assert verified(WHOLE, known={signer.public_key}).verdict is Verdict.INTACT
    assert verified(BY_HAND, known=()).verdict is Verdict.UNSIGNED


def test_the_whole_example_has_all_that_the_document_lists() -> None:
    listed = set(re.findall(r"`([a-z_/]+\.[a-z]+)`", (WHOLE.parent / "archive.md").read_text()))
    with zipfile.ZipFile(WHOLE) as archive:
        names = {*archive.namelist()}

    assert names > make_archive_schema.MEMBERS.keys()
    assert {name for name in names if not name.startswith("files/")} <= listed


def test_the_example_by_hand_is_what_its_script_writes(tmp_path: Path) -> None:
    by_hand(tmp_path / "again.zip")

    assert (tmp_path / "again.zip").read_bytes() == BY_HAND.read_bytes()


@pytest.mark.parametrize("path", [WHOLE, BY_HAND], ids=lambda path: path.stem)
def test_the_examples_follow_the_schema(path: Path) -> None:
    schema = make_archive_schema.schema()
    with zipfile.ZipFile(path) as archive:
        for name in {*archive.namelist()} & schema["properties"].keys():
            text = archive.read(name)
            values = text.splitlines() if name.endswith(".jsonl") else [text]
            for value in values:
                part = {**schema["properties"][name], "$defs": schema["$defs"]}
                jsonschema_rs.validate(part, msgspec.json.decode(value))
