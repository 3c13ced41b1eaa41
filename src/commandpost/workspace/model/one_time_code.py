"""Codes that an app on a phone shows, each for half a minute (TOTP, RFC 6238)."""

import hmac
import re

import pyotp
from pyotp.totp import TOTP

from commandpost.kernel.clock import SECOND_MS

_STEP_MS = 30 * SECOND_MS
_DRIFT = (0, -1, 1)
"""The steps whose codes are taken, from the present one: clocks differ, and typing takes its time."""

_CODE = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """A fresh secret, in the letters that people can type into their app."""
    return pyotp.random_base32()


def address(secret: str, *, account: str, issuer: str) -> str:
    """What the picture says to the app: `otpauth://totp/…`."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def is_code(text: str) -> bool:
    """Whether a text could be a code at all."""
    return _CODE.fullmatch(text) is not None


def step_of(code: str, secret: str, *, now: int) -> int | None:
    """The step of time that a code belongs to, if that is about now. Codes are taken once, by their step."""
    present = now // _STEP_MS
    codes = TOTP(secret)
    for drift in _DRIFT:
        if hmac.compare_digest(codes.generate_otp(present + drift).encode(), code.encode()):
            return present + drift
    return None
