"""Keeping secrets unreadable in the database: encrypted with a key that lies elsewhere.

The key comes from COMMANDPOST_SECRET_KEY, or from a file in the data folder that is made when it is first
needed. Several keys, newest first, let one take over from another: the first encrypts, all decrypt.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from commandpost.kernel.errors import Invalid
from commandpost.settings import SECRET_KEY_VARIABLE

KEY_FILE = "secret.key"

_BETWEEN = re.compile(r"[\s,]+")


class Unreadable(Invalid):
    """What was kept cannot be decrypted with the present key."""

    code = "vault.unreadable"


class BadKey(Invalid):
    """A key must be 32 random bytes in URL-safe base64; `commandpost secrets new-key` makes one."""

    code = "vault.bad_key"


def new_key() -> str:
    """A fresh random key."""
    return Fernet.generate_key().decode()


class Vault:
    """Encrypts and decrypts. The key file is read at each use: it may have been changed meanwhile."""

    def __init__(self, environment: Mapping[str, str], data_dir: Path) -> None:
        """Raises BadKey for keys in the environment that cannot be used."""
        self._file = data_dir / KEY_FILE
        given = environment.get(SECRET_KEY_VARIABLE, "")
        self._given = _split(given) if given.strip() else None
        if self._given:
            _cipher(self._given)

    @property
    def has_key_file(self) -> bool:
        """Whether the key is in the file: it is not if the environment gives one."""
        return self._given is None

    def sealed(self, text: str) -> str:
        """A text, encrypted. Makes the key file if need be. Raises BadKey."""
        return _cipher(self._keys()).encrypt(text.encode()).decode()

    def opened(self, sealed: str) -> str:
        """What was encrypted. Raises Unreadable, BadKey."""
        keys = self._given or self._from_file()
        if keys is None:
            raise Unreadable
        try:
            return _cipher(keys).decrypt(sealed.encode()).decode()
        except InvalidToken as cause:
            raise Unreadable from cause

    def derived(self, purpose: str) -> bytes:
        """A key for signing, the same wherever the newest key is the same. Raises BadKey."""
        return hmac.new(self._keys()[0].encode(), purpose.encode(), hashlib.sha256).digest()

    def take_new_key(self) -> None:
        """Let a fresh key in the key file encrypt from now on; those before still decrypt."""
        self._write([new_key(), *(self._from_file() or [])])

    def forget_old_keys(self) -> None:
        """Keep only the newest key of the key file."""
        self._write(self._keys()[:1])

    def _keys(self) -> list[str]:
        """The keys, newest first; of a file that is made now, if need be."""
        return self._given or self._from_file() or self._from_new_file()

    def _from_file(self) -> list[str] | None:
        try:
            return _split(self._file.read_text()) or None
        except FileNotFoundError:
            return None

    def _from_new_file(self) -> list[str]:
        """The key of a file that is there now, whoever made it: of two that try, one wins."""
        fresh = self._written_beside([new_key()])
        with suppress(FileExistsError):
            os.link(fresh, self._file)
        fresh.unlink()
        return _split(self._file.read_text())

    def _write(self, keys: list[str]) -> None:
        self._written_beside(keys).replace(self._file)

    def _written_beside(self, keys: list[str]) -> Path:
        """A file with these keys that only its owner may read, on the disk for good."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        path = self._file.with_suffix(f".{os.getpid()}.new")
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("".join(f"{key}\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        return path


def _split(keys: str) -> list[str]:
    return [key for key in _BETWEEN.split(keys) if key]


def _cipher(keys: list[str]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as cause:
        raise BadKey from cause
