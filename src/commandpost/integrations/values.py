"""The values of an integration's settings: where each comes from, which may be given, which are missing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from commandpost.integrations.interface import Integration, Kind, Setting
from commandpost.kernel.errors import Invalid
from commandpost.settings import PREFIX

MASK = "********"
"""What stands for a secret wherever it could be read; given back, it means: as it is."""

_LONGEST = 4000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class BadValue(Invalid):
    """That value cannot be used for this setting."""

    code = "integrations.bad_value"


class Source(StrEnum):
    """Where a value comes from; named as on the wire."""

    ADMINISTRATOR = "administrator"
    ENVIRONMENT = "environment"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Every setting's value in force, by name, and where it comes from."""

    by_name: Mapping[str, str] = field(repr=False)
    sources: Mapping[str, Source]
    missing: tuple[str, ...]
    """Required settings without a value."""

    @property
    def are_complete(self) -> bool:
        return not self.missing


def variable(integration: Integration, setting: Setting) -> str:
    """The environment variable that gives a setting its starting value."""
    return f"{PREFIX}{integration.name}_{setting.name}".upper()


def in_force(integration: Integration, environment: Mapping[str, str], kept: Mapping[str, str]) -> Values:
    """What an administrator has set, else what the environment says, else the default."""
    by_name: dict[str, str] = {}
    sources: dict[str, Source] = {}
    for setting in integration.settings:
        name = setting.name
        given = environment.get(variable(integration, setting), "")
        if name in kept:
            by_name[name], sources[name] = kept[name], Source.ADMINISTRATOR
        elif given:
            by_name[name], sources[name] = checked(setting, given), Source.ENVIRONMENT
        else:
            by_name[name], sources[name] = setting.default, Source.DEFAULT
    missing = tuple(one.name for one in integration.settings if one.is_required and not by_name[one.name])
    return Values(by_name=by_name, sources=sources, missing=missing)


def to_keep(
    integration: Integration, given: Mapping[str, str], before: Values, kept: Mapping[str, str]
) -> dict[str, str]:
    """What is to be kept when an administrator gives these values in place of those `kept`.

    A setting left out falls back to the environment's value or the default; a masked secret stays what it is,
    but not when an address changes: then it would be sent to somebody else. Raises BadValue.
    """
    known = {setting.name: setting for setting in integration.settings}
    if unknown := sorted(given.keys() - known.keys()):
        raise BadValue(f"{integration.title} has no setting {unknown[0]!r}.")
    result: dict[str, str] = {}
    for name, text in given.items():
        if known[name].kind is not Kind.SECRET or text != MASK:
            result[name] = checked(known[name], text)
        elif name in kept:
            result[name] = kept[name]
        elif not before.by_name[name]:
            raise BadValue(f"{known[name].label} is not known any more; give it again.")
    _check_no_secret_moves(integration, given, before, result)
    return result


def checked(setting: Setting, text: str) -> str:
    """A value as it is kept. Raises BadValue."""
    value = text.strip()
    if len(value) > _LONGEST or _CONTROL.search(value):
        raise BadValue(f"{setting.label} is too long, or holds characters that cannot be used.")
    if not value:
        return ""
    if setting.kind is Kind.ADDRESS:
        value = value.rstrip("/")
        if not _is_web_address(value):
            raise BadValue(f"{setting.label} must begin with https:// or http:// and name a host, no more.")
    if setting.kind is Kind.CHOICE and value not in setting.choices:
        raise BadValue(f"{setting.label} must be one of: {', '.join(setting.choices)}.")
    return value


def _check_no_secret_moves(
    integration: Integration, given: Mapping[str, str], before: Values, after: Mapping[str, str]
) -> None:
    moved = [
        one
        for one in integration.settings
        if one.kind is Kind.ADDRESS and after.get(one.name, one.default) != before.by_name[one.name]
    ]
    stayed = [
        one
        for one in integration.settings
        if one.kind is Kind.SECRET and before.by_name[one.name] and given.get(one.name, MASK) == MASK
    ]
    if moved and stayed:
        raise BadValue(f"{moved[0].label} changes: give {stayed[0].label} again.")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain and port != 0
