"""Verifying an archive, offline, and reading it. Nothing is ever unpacked to a name that stands in it."""

import hashlib
import re
import struct
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

from commandpost.archive import signature
from commandpost.archive.shapes import EVENTS, FORMAT, MANIFEST, VERSION, Manifest
from commandpost.kernel.errors import Invalid, TooLarge

_CHUNK_BYTES = 1_000_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LONGEST_NAME = 200
_ENCRYPTED = 0x1
_LONGEST_END = 65_535 + 22 + 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    RuntimeError,
)
"""What reading a damaged zip may raise."""

_T = TypeVar("_T")


class NotAnArchive(Invalid):
    """The file is not an archive of an incident."""

    code = "archive.none"


class ArchiveDamaged(Invalid):
    """The archive is damaged."""

    code = "archive.damaged"


class ArchiveTooNew(Invalid):
    """The archive was made by a newer version of Command Post; read it with that one."""

    code = "archive.too_new"


class ArchiveTooLarge(TooLarge):
    """The archive holds more than is allowed."""

    code = "archive.too_large"


class Verdict(StrEnum):
    """What an archive turned out to be."""

    INTACT = "intact"
    """As a known signer has signed it."""
    UNKNOWN_SIGNER = "unknown signer"
    """As its signer has signed it, but nobody has said that this signer is known."""
    UNSIGNED = "unsigned"
    """Nobody has signed it, nor does it say so."""
    ALTERED = "altered"
    """Not as it was signed, or not what its manifest says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes packed and unpacked, how many members, bytes of their list, and of one document or line."""

    packed: int = 4 * 2**30
    unpacked: int = 8 * 2**30
    members: int = 100_000
    directory: int = 64 * 2**20
    at_once: int = 32 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What verifying found. `reason` says what is wrong, if anything is; `signer` is "" for none."""

    verdict: Verdict
    reason: str = ""
    manifest: Manifest
    digest: str

    @property
    def signer(self) -> str:
        """The public key of whoever has signed, or claims to have."""
        return self.manifest.signer.public_key if self.manifest.signer else ""


class Reader:
    """Reads members of an archive that was looked over: names, number and sizes are within limits."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self.names = _looked_over(archive, limits)
        self.manifest = self._manifest()

    @property
    def comment(self) -> bytes:
        """The comment of the zip, where a signature stands."""
        return self._archive.comment

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, which are as many as it says. Raises ArchiveDamaged."""
        left = self._archive.getinfo(name).file_size
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    left -= len(chunk)
                    yield chunk
        except _BROKEN as cause:
            raise ArchiveDamaged(f"{name} cannot be read.") from cause
        if left:
            raise ArchiveDamaged(f"{name} is not as long as it says.")

    def value(self, name: str, kind: type[_T]) -> _T:
        """A member that is one JSON value. Raises ArchiveDamaged, ArchiveTooLarge."""
        if self._archive.getinfo(name).file_size > self._limits.at_once:
            raise ArchiveTooLarge(f"{name} is too large.")
        return _decoded(name, b"".join(self.chunks(name)), msgspec.json.Decoder(kind))

    def lines(self, name: str, kind: type[_T]) -> Iterator[_T]:
        """A member of JSON lines; none if it is not there. Raises ArchiveDamaged, ArchiveTooLarge."""
        if name not in self.names:
            return
        decoder = msgspec.json.Decoder(kind)
        kept = b""
        for chunk in self.chunks(name):
            *whole, kept = (kept + chunk).split(b"\n")
            if len(kept) > self._limits.at_once:
                raise ArchiveTooLarge(f"A line of {name} is too long.")
            for line in whole:
                if line.strip():
                    yield _decoded(name, line, decoder)
        if kept.strip():
            yield _decoded(name, kept, decoder)

    def complaint(self) -> str:
        """What does not agree with the manifest; "" if all does."""
        listed = self.manifest.members
        if not listed and self.manifest.signer is None:
            return ""
        if listed.keys() != self.names - {MANIFEST}:
            odd = sorted(listed.keys() ^ (self.names - {MANIFEST}))
            return f"{odd[0]} is missing, or not in the manifest."
        for name, member in listed.items():
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(name):
                digest.update(chunk)
                size += len(chunk)
            if (size, digest.hexdigest()) != (member.size, member.sha256):
                return f"{name} is not as it was written."
        return ""

    def _manifest(self) -> Manifest:
        if MANIFEST not in self.names:
            if EVENTS not in self.names:
                raise NotAnArchive
            return Manifest()
        manifest = self.value(MANIFEST, Manifest)
        if manifest.format != FORMAT:
            raise NotAnArchive
        if manifest.version > VERSION:
            raise ArchiveTooNew
        return manifest


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Generator[Reader]:
    """An archive for reading. Raises NotAnArchive, ArchiveDamaged, ArchiveTooLarge, ArchiveTooNew."""
    limits = limits or Limits()
    try:
        if path.stat().st_size > limits.packed:
            raise ArchiveTooLarge
        if _directory_bytes(path) > limits.directory:
            raise ArchiveTooLarge
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as cause:
        raise NotAnArchive(f"There is no file {path}.") from cause
    except (*_BROKEN, NotImplementedError) as cause:
        raise NotAnArchive("The file is not an archive, or it is damaged.") from cause
    with archive:
        yield Reader(archive, limits)


def _directory_bytes(path: Path) -> int:
    """How long the list of members is by the zip's own end: it is read into memory whole before any check."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _LONGEST_END))
        end = stream.read()
        place = end.rfind(b"PK\x05\x06")
        if place < 0 or len(end) < place + 22:
            return 0
        if end[place - 20 : place - 16] == b"PK\x06\x07":
            stream.seek(min(size, struct.unpack_from("<Q", end, place - 12)[0]))
            return int(struct.unpack("<Q", stream.read(48)[40:].ljust(8, b"\xff"))[0])
    return int(struct.unpack_from("<L", end, place + 12)[0])


def verified(path: Path, *, known: Collection[str], limits: Limits | None = None) -> Report:
    """Read an archive from end to end and say what it is. `known` are public keys of signers to trust.

    Raises NotAnArchive where there is nothing to judge, ArchiveTooLarge, ArchiveTooNew.
    """
    digest, tail, whole = _digests(path, limits or Limits())
    try:
        with opened(path, limits) as reader:
            manifest = reader.manifest
            verdict, reason = _judged(reader, digest, tail, known)
    except ArchiveDamaged as damage:
        return Report(verdict=Verdict.ALTERED, reason=damage.message, manifest=Manifest(), digest=whole)
    return Report(verdict=verdict, reason=reason, manifest=manifest, digest=whole)


def _judged(reader: Reader, digest: bytes, tail: bytes, known: Collection[str]) -> tuple[Verdict, str]:
    signer, comment = reader.manifest.signer, reader.comment
    if signer is None and comment.startswith(signature.LABEL):
        return Verdict.ALTERED, "It bears a signature, but its manifest names no signer."
    if signer is not None:
        if comment != signature.LABEL + tail:
            return Verdict.ALTERED, "Its manifest names a signer, but the signature is missing or damaged."
        if signer.algorithm != "ed25519" or not signature.is_valid(tail, digest, signer.public_key):
            return Verdict.ALTERED, "It is not what its signer has signed."
    if complaint := reader.complaint():
        return Verdict.ALTERED, complaint
    if signer is None:
        return Verdict.UNSIGNED, ""
    return (Verdict.INTACT if signer.public_key in known else Verdict.UNKNOWN_SIGNER), ""


def _digests(path: Path, limits: Limits) -> tuple[bytes, bytes, str]:
    """What a signature is over, the last bytes, and the SHA-256 of the whole file."""
    signed, whole = signature.Digest(), hashlib.sha256()
    try:
        if path.stat().st_size > limits.packed:
            raise ArchiveTooLarge
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                signed.update(chunk)
                whole.update(chunk)
    except OSError as cause:
        raise NotAnArchive(f"{path} cannot be read.") from cause
    digest, tail = signed.end()
    return digest, tail, whole.hexdigest()


def _looked_over(archive: zipfile.ZipFile, limits: Limits) -> frozenset[str]:
    """The names of the members. Raises ArchiveDamaged, ArchiveTooLarge."""
    members = [member for member in archive.infolist() if not _is_folder(member)]
    names = frozenset(member.filename for member in members)
    if len(names) != len(members):
        raise ArchiveDamaged("Two members have the same name.")
    if len(members) > limits.members or sum(member.file_size for member in members) > limits.unpacked:
        raise ArchiveTooLarge
    for member in members:
        name = member.orig_filename
        if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
            raise ArchiveDamaged("A member has a name that no archive gives.")
        if member.flag_bits & _ENCRYPTED or member.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            raise ArchiveDamaged(f"{name} is packed in a way that no archive uses.")
    return names


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether it stands for a folder, as zips made by hand have them: it holds nothing, and is not read."""
    name = member.orig_filename
    return name.endswith("/") and not member.file_size and _NAME.fullmatch(name[:-1]) is not None


def _decoded(name: str, text: bytes, decoder: msgspec.json.Decoder[_T]) -> _T:
    try:
        return decoder.decode(text.removeprefix(BOM_UTF8))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as cause:
        raise ArchiveDamaged(f"{name} does not hold what it should: {cause}.") from cause
