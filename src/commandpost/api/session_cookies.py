"""What a browser keeps of a session, and what a session keeps of a browser."""

from collections.abc import Mapping

from litestar.datastructures import Cookie

from commandpost.api.identity import CSRF_COOKIE, TOKEN_COOKIE, USER_COOKIE, csrf_token
from commandpost.kernel.clock import HOUR_MS, SECOND_MS
from commandpost.workspace.model.config import Config

LONGEST_AGENT = 256


def session_cookies(config: Config, token: str, user_id: str) -> list[Cookie]:
    """The cookies of a new session; only the token's is hidden from the page."""
    return [
        Cookie(
            key=name,
            value=value,
            path="/",
            max_age=config.session_length_web_in_hours * HOUR_MS // SECOND_MS,
            secure=is_secure(config),
            httponly=is_hidden,
            samesite="lax",
        )
        for name, value, is_hidden in (
            (TOKEN_COOKIE, token, True),
            (USER_COOKIE, user_id, False),
            (CSRF_COOKIE, csrf_token(token), False),
        )
    ]


def is_secure(config: Config) -> bool:
    """Whether browsers reach this server over https only."""
    return config.site_url.startswith("https://")


def props_of(headers: Mapping[str, str]) -> dict[str, str]:
    """What is kept of who signs in."""
    return {"browser": headers.get("user-agent", "")[:LONGEST_AGENT]}
