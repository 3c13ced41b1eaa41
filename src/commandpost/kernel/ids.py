"""Ids: 26 characters, base32 of a random UUID, lower case, no padding (Mattermost's alphabet)."""

import hashlib
import secrets

ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769"
LENGTH = 26

_PAIRS = [one + other for one in ALPHABET for other in ALPHABET]
_SHIFTS = range(120, -1, -10)
_VERSION, _VARIANT = 4 << 76, 2 << 62
_NOT_RANDOM = (15 << 76) | (3 << 62)


def new_id() -> str:
    """A fresh random id of 26 characters.

    Every request takes some, and Python's base 32 is not compiled: two characters are looked up at once.
    """
    uuid = int.from_bytes(secrets.token_bytes(16)) & ~_NOT_RANDOM | _VERSION | _VARIANT
    bits = uuid << 2
    return "".join([_PAIRS[(bits >> shift) & 1023] for shift in _SHIFTS])


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: 26 ASCII letters and digits."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()


def token_hash(token: str) -> str:
    """What is stored of a secret token (hex SHA-256): tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
