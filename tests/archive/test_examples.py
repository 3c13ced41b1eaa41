"""The format as it is documented: the schema follows the code, and the examples are archives by it."""

import zipfile
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from commandpost.archive import reading
from commandpost.archive.reading import Verdict, verified
from scripts import make_archive_schema

DOCS = make_archive_schema.SCHEMA.parent
WHOLE, BY_HAND = DOCS / "archive-whole.zip", DOCS / "archive-by-hand.zip"


def test_the_schema_follows_the_code() -> None:
    assert make_archive_schema.SCHEMA.read_text() == make_archive_schema.text()


def test_the_examples_are_what_the_document_says() -> None:
    with reading.opened(WHOLE) as reader:
        signer = reader.manifest.signer
    assert signer is not None

    assert verified(WHOLE, known={signer.public_key}).verdict is Verdict.INTACT
    assert verified(BY_HAND, known=()).verdict is Verdict.UNSIGNED


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
