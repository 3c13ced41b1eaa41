"""Where a browser goes on after it has signed in."""

import re
from urllib.parse import quote

_LONGEST = 1000
_INSIDE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def inside(redirect_to: str) -> str:
    """An address of this site, whatever was asked for: nobody is sent elsewhere after signing in."""
    if len(redirect_to) > _LONGEST or not _INSIDE.fullmatch(redirect_to):
        return "/"
    return quote(redirect_to, safe="/?&=#%:;,+@!$'()*~-._")
