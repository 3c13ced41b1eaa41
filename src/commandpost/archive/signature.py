"""The signature of an archive: the zip's comment, over every byte of the file before the signature itself.

So a change anywhere is found, in what is packed as in how it is packed. Written in lower-case hexadecimal,
which has one spelling only.
"""

import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LABEL = b"command-post.archive.signature ed25519 "
LENGTH = 128
"""Characters of a signature."""

_PURPOSE = b"command-post.archive 1\n"
_SIGNATURE = re.compile(rb"[0-9a-f]{128}")
_KEY_IN_TEXT = re.compile(r"(?<![0-9a-z])[0-9a-f]{64}(?![0-9a-z])")
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")


def is_public_key(text: str) -> bool:
    """Whether that could be the public half of a key."""
    return _PUBLIC_KEY.fullmatch(text) is not None


def public_keys_in(text: str) -> frozenset[str]:
    """The public keys in a text: a list, or what a server gives at its documented address."""
    return frozenset(_KEY_IN_TEXT.findall(text.lower()))


def new_private_key() -> str:
    """A fresh key's private half, in hexadecimal."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_key_of(private_key: str) -> str:
    """The public half."""
    return _private(private_key).public_key().public_bytes_raw().hex()


def signed(digest: bytes, private_key: str) -> bytes:
    """The signature of a file with that SHA-512."""
    return _private(private_key).sign(_PURPOSE + digest).hex().encode()


def is_valid(signature: bytes, digest: bytes, public_key: str) -> bool:
    """Whether the key has signed a file with that SHA-512."""
    if not (_SIGNATURE.fullmatch(signature) and is_public_key(public_key)):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature.decode()), _PURPOSE + digest)
    except (InvalidSignature, ValueError):
        return False
    return True


class Digest:
    """The SHA-512 of all that is given but for the last `LENGTH` bytes, which it hands back."""

    def __init__(self) -> None:
        self._hash = hashlib.sha512()
        self._held = b""

    def update(self, chunk: bytes) -> bytes:
        """Take more; gives what of it, and of what was held, is certain to be signed."""
        given = self._held + chunk
        certain, self._held = given[:-LENGTH], given[-LENGTH:]
        self._hash.update(certain)
        return certain

    def end(self) -> tuple[bytes, bytes]:
        """The digest, and the last bytes."""
        return self._hash.digest(), self._held


def _private(private_key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
