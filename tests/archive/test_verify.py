"""What verifying says of archives that are whole, changed, unsigned or hostile."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from commandpost.archive import shapes
from commandpost.archive.reading import (
    ArchiveTooLarge,
    ArchiveTooNew,
    Limits,
    NotAnArchive,
    Verdict,
    verified,
)
from commandpost.kernel.errors import Refusal
from tests.archive.files import KEY, PUBLIC, by_hand, kept, signed, zipped

KNOWN = frozenset({PUBLIC})


def judged(folder: Path, content: bytes) -> Verdict:
    return verified(kept(folder, content), known=KNOWN).verdict


def test_a_signed_archive_is_intact_only_if_its_signer_is_known(tmp_path: Path) -> None:
    path = kept(tmp_path, signed())

    assert verified(path, known=KNOWN).verdict is Verdict.INTACT
    assert verified(path, known=()).verdict is Verdict.UNKNOWN_SIGNER
    assert judged(tmp_path, signed(key="22" * 32)) is Verdict.UNKNOWN_SIGNER


def test_every_changed_byte_fails(tmp_path: Path) -> None:
    content = signed()
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= (1, 32, 255)[place % 3]
        try:
            verdict = judged(tmp_path, bytes(changed))
        except Refusal:
            continue
        assert verdict is Verdict.ALTERED, f"byte {place}"


def test_what_is_cut_off_added_or_put_in_front_fails(tmp_path: Path) -> None:
    content = signed()
    for changed in (content[:-1], content + b"\0", b"\0" + content, content[:200], b""):
        try:
            assert judged(tmp_path, changed) is Verdict.ALTERED
        except NotAnArchive:
            continue


def test_an_added_member_fails(tmp_path: Path) -> None:
    path = kept(tmp_path, signed())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("posts.jsonl", "")

    assert verified(path, known=KNOWN).verdict is Verdict.ALTERED


def test_a_signature_by_another_key_than_the_one_named_fails(tmp_path: Path) -> None:
    assert judged(tmp_path, signed(key="22" * 32, named=PUBLIC)) is Verdict.ALTERED


def test_an_archive_that_lost_its_signature_is_altered_not_unsigned(tmp_path: Path) -> None:
    packed = zipfile.ZipFile(io.BytesIO(signed()))
    again = zipped({name: packed.read(name) for name in packed.namelist()})

    assert judged(tmp_path, again) is Verdict.ALTERED


def test_what_nobody_signed_is_unsigned(tmp_path: Path) -> None:
    assert judged(tmp_path, by_hand()) is Verdict.UNSIGNED


def test_checksums_of_an_unsigned_archive_count(tmp_path: Path) -> None:
    manifest = {
        "format": shapes.FORMAT,
        "version": 1,
        "members": {"events.jsonl": {"size": 1, "sha256": "0"}},
    }

    content = zipped({shapes.EVENTS: "x", shapes.MANIFEST: json.dumps(manifest)})

    assert judged(tmp_path, content) is Verdict.ALTERED


@pytest.mark.parametrize("name", ["../events.jsonl", "/etc/passwd", "a\\b", "a//b", "files/", "ä", "x" * 300])
def test_names_that_lead_elsewhere_fail(tmp_path: Path, name: str) -> None:
    assert judged(tmp_path, zipped({shapes.EVENTS: "", name: "x"})) is Verdict.ALTERED


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_fails(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(shapes.EVENTS, "a")
        archive.writestr(shapes.EVENTS, "b")

    assert judged(tmp_path, content.getvalue()) is Verdict.ALTERED


def test_more_than_the_limits_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(shapes.EVENTS, b" " * 1_000_000)
    path = kept(tmp_path, content.getvalue())

    for limits in (Limits(unpacked=999_999), Limits(packed=100), Limits(members=0), Limits(directory=40)):
        with pytest.raises(ArchiveTooLarge):
            verified(path, known=KNOWN, limits=limits)


def test_other_files_are_no_archives(tmp_path: Path) -> None:
    for content in (b"hello", zipped({"readme.txt": "hello"}), zipped({shapes.MANIFEST: '{"format": "x"}'})):
        with pytest.raises(NotAnArchive):
            judged(tmp_path, content)
    with pytest.raises(NotAnArchive):
        verified(tmp_path / "nothing.zip", known=KNOWN)


def test_a_newer_format_is_said_to_be_newer(tmp_path: Path) -> None:
    with pytest.raises(ArchiveTooNew):
        judged(tmp_path, zipped({shapes.MANIFEST: f'{{"format": "{shapes.FORMAT}", "version": 2}}'}))


def test_the_key_is_not_in_the_archive() -> None:
    assert KEY.encode() not in signed()
    assert bytes.fromhex(KEY) not in signed()
