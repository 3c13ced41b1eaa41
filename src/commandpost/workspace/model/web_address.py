"""Addresses of servers outside."""

from urllib.parse import urlsplit

LONGEST = 1024
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_web_address(text: str) -> bool:
    """Whether a text is an address that begins with http:// or https:// and names a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_private_to_us(text: str) -> bool:
    """Whether nobody on the way can read what is sent to an address: https, or this same machine."""
    parts = urlsplit(text)
    return parts.scheme == "https" or parts.hostname in _THIS_MACHINE
