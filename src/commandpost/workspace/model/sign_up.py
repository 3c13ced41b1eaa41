"""What an account may look like: the rules for names, e-mail addresses and passwords."""

import re
from dataclasses import dataclass, field
from typing import NewType

from commandpost.kernel.errors import Invalid
from commandpost.kernel.text import is_storable

PasswordHash = NewType("PasswordHash", str)
"""An encoded Argon2id hash; "" for accounts that cannot log in by password."""

MAX_USERNAME = 64
MAX_EMAIL = 128
MAX_NAME = 64
MAX_POSITION = 128
MAX_LOCALE = 5
MAX_PASSWORD = 256

RESERVED_USERNAMES = frozenset({"all", "channel", "here", "matterbot", "system"})

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{0,63}\Z")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+@[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+\Z")


class BadUsername(Invalid):
    """Username must begin with a letter, and contain between 1 to 64 lowercase characters made up of numbers, letters, and the symbols ".", "-", and "_"."""  # noqa: E501 -- one sentence, shown as it stands

    code = "user.bad_username"


class BadEmail(Invalid):
    """Invalid email: it must be a valid address of at most 128 characters."""

    code = "user.bad_email"


class BadPassword(Invalid):
    """The password must be longer."""

    code = "user.bad_password"


class PasswordTooLong(Invalid):
    """The password must not be longer than 256 characters."""

    code = "user.password_too_long"


class NameTooLong(Invalid):
    """Names may have up to 64 characters, a position up to 128."""

    code = "user.name_too_long"


class BadLocale(Invalid):
    """The locale is not valid."""

    code = "user.bad_locale"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """An account asked for, its password hashed already."""

    username: str
    email: str
    password_hash: PasswordHash
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    position: str = ""
    locale: str = ""
    timezone: dict[str, str] = field(default_factory=dict[str, str])
    notify_props: dict[str, str] = field(default_factory=dict[str, str])
    props: dict[str, str] = field(default_factory=dict[str, str])


def username_of(text: str) -> str:
    """The username as stored: lower case. Raises BadUsername."""
    name = text.strip().lower()
    if not _USERNAME.match(name) or name in RESERVED_USERNAMES:
        raise BadUsername
    return name


def email_of(text: str) -> str:
    """The e-mail address as stored: lower case, as case means nothing in it. Raises BadEmail."""
    address = text.strip().lower()
    if len(address) > MAX_EMAIL or not is_storable(address) or not _EMAIL.match(address):
        raise BadEmail
    return address


def checked_password(password: str, *, minimum: int) -> str:
    """The password, if it may be one. Raises BadPassword, PasswordTooLong."""
    if len(password) < minimum:
        raise BadPassword(f"Your password must contain at least {minimum} characters.")
    if len(password) > MAX_PASSWORD:
        raise PasswordTooLong
    return password


def check_names(*, first_name: str, last_name: str, nickname: str, position: str, locale: str) -> None:
    """Refuse names too long to be shown. Raises NameTooLong, BadLocale."""
    if max(len(first_name), len(last_name), len(nickname)) > MAX_NAME or len(position) > MAX_POSITION:
        raise NameTooLong
    if not all(map(is_storable, (first_name, last_name, nickname, position))):
        raise NameTooLong("Names may not contain control characters.")
    if len(locale) > MAX_LOCALE or not locale.replace("-", "").isalnum():
        raise BadLocale
