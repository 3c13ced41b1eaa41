"""Ids: 26 random characters of Mattermost's alphabet, which is base 32 in lower case."""

import hashlib
import os

ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769"
LENGTH = 26

_CHARACTERS = (ALPHABET * 8).encode()


def new_id() -> str:
    """A fresh random id of 26 characters.

    Every request takes some, so this asks for a byte of randomness for each character.
    """
    return os.urandom(LENGTH).translate(_CHARACTERS).decode()


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: 26 ASCII letters and digits."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()


def token_hash(token: str) -> str:
    """What is stored of a secret token (hex SHA-256): tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
