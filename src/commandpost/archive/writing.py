"""Writing an archive, member after member, without going back: it can be sent while it is written."""

import hashlib
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from typing import IO, Self, cast

import msgspec

from commandpost.archive import signature
from commandpost.archive.shapes import MANIFEST, Manifest, Member

_encode = msgspec.json.Encoder().encode


class Writer:
    """Writes an archive to a stream; `finish` puts the manifest and the signature under it.

    As a context, what fails within leaves the stream alone from then on.
    """

    def __init__(self, target: IO[bytes], manifest: Manifest) -> None:
        self._signed = _Signed(target)
        self._archive = zipfile.ZipFile(cast("IO[bytes]", self._signed), "w")  # It writes, and never seeks.
        self._manifest = manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._signed.abandon()
            self._archive.close()

    @contextmanager
    def member(self, name: str, *, is_packed: bool = True) -> Generator["_Counted"]:
        """A member to be written now, in one go."""
        with self._archive.open(_about(name, is_packed=is_packed), "w", force_zip64=True) as stream:
            counted = _Counted(stream)
            yield counted
        self._manifest.members[name] = Member(size=counted.size, sha256=counted.digest.hexdigest())

    def put(self, name: str, value: object) -> None:
        """A member that is one JSON value."""
        with self.member(name) as member:
            member.write(msgspec.json.format(_encode(value)) + b"\n")

    def put_text(self, name: str, text: str) -> None:
        """A member that is a text."""
        with self.member(name) as member:
            member.write(text.encode())

    def finish(self, private_key: str) -> None:
        """Write the manifest and sign: the key must be the one that the manifest names."""
        content = msgspec.json.format(_encode(self._manifest)) + b"\n"
        with self._archive.open(_about(MANIFEST, is_packed=True), "w") as stream:
            stream.write(content)
        self._archive.comment = signature.LABEL + b"0" * signature.LENGTH
        self._archive.close()
        self._signed.sign(private_key)


class _Counted:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        self._stream.write(chunk)
        self.size += len(chunk)
        self.digest.update(chunk)

    def line(self, value: object) -> None:
        """One JSON value on a line of its own."""
        self.write(_encode(value) + b"\n")


class _Signed:
    """A stream whose last bytes give way to the signature of those before."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = signature.Digest()
        self._is_abandoned = False

    def abandon(self) -> None:
        """Let what is still written go nowhere."""
        self._is_abandoned = True

    def write(self, chunk: bytes) -> int:
        if not self._is_abandoned:
            self._target.write(self._digest.update(bytes(chunk)))
        return len(chunk)

    def flush(self) -> None:
        if not self._is_abandoned:
            self._target.flush()

    def sign(self, private_key: str) -> None:
        digest, _ = self._digest.end()
        self._target.write(signature.signed(digest, private_key))
        self._target.flush()


def _about(name: str, *, is_packed: bool) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name)
    about.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    about.external_attr = 0o600 << 16
    return about
