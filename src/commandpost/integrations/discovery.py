"""Finding the integrations that are installed: those of this package, and those of others."""

import re
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

import structlog

from commandpost.integrations.interface import Integration

GROUP = "commandpost.integrations"

_NAME = re.compile(r"[a-z][a-z0-9]{1,31}")
_SETTING = re.compile(r"[a-z][a-z0-9_]{0,31}")

_log = structlog.get_logger()


def installed() -> list[Integration]:
    """Every integration with an entry point, by name.

    One that cannot be loaded is logged and left out: it must not keep the server from starting.
    """
    return loaded(entry_points(group=GROUP))


def loaded(points: Iterable[EntryPoint]) -> list[Integration]:
    """The integrations behind these entry points, by name; of two with one name, the first."""
    found: dict[str, Integration] = {}
    for point in points:
        try:
            integration: Integration = point.load()()
            _check(integration)
        except Exception:  # noqa: BLE001 -- others' code: whatever it was, the server goes on without it
            _log.exception("an integration cannot be loaded", entry_point=point.value)
            continue
        if found.setdefault(integration.name, integration) is not integration:
            _log.error("a second integration has the same name", entry_point=point.value)
    return [found[name] for name in sorted(found)]


def _check(integration: Integration) -> None:
    if not _NAME.fullmatch(integration.name):
        raise ValueError(f"{integration.name!r} must be lower-case letters and digits")
    names = [setting.name for setting in integration.settings]
    if len(set(names)) < len(names) or not all(_SETTING.fullmatch(name) for name in names):
        raise ValueError("names of settings must be lower-case words, each there once")
    for command in integration.commands:
        words = (command.trigger, *(one.name for one in command.sub_commands))
        if not all(word and word == word.lower() and not word.split()[1:] for word in words):
            raise ValueError(f"the words of /{command.trigger} must be in lower case and without blanks")
