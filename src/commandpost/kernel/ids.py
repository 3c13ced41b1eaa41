"""Ids: 26 characters, base32 of a random UUID, lower case, no padding (Mattermost's alphabet)."""

import base64
import hashlib
import secrets

ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769"
LENGTH = 26

_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TRANSLATION = bytes.maketrans(_STANDARD, ALPHABET.encode())


def new_id() -> str:
    """A fresh random id of 26 characters."""
    raw = bytearray(secrets.token_bytes(16))
    raw[6] = (raw[6] & 0x0F) | 0x40
    raw[8] = (raw[8] & 0x3F) | 0x80
    return base64.b32encode(raw).translate(_TRANSLATION)[:LENGTH].decode()


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: 26 ASCII letters and digits."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()


def token_hash(token: str) -> str:
    """What is stored of a secret token (hex SHA-256): tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
