"""Variables in the slash command of a task: `$INCIDENT_NAME` and the like, put in as plain words.

Names are written by people, and a command runs with the rights of whoever presses Run. So a value stays
within its line and its quotes, none of its words can be taken for an option or a command, and the name of
the command itself is never put together from values.
"""

import re
from collections.abc import Mapping

NAMES = ("INCIDENT_NAME", "INCIDENT_ID", "COMMANDER", "CHANNEL", "STAGE", "PLAYBOOK")
"""The variables there are. Whatever else begins with a dollar sign stays as it is."""

_VARIABLE = re.compile(rf"\$({'|'.join(NAMES)})(?![A-Za-z0-9_])")
_QUOTES = str.maketrans({'"': "'", "\\": "'", "`": "'", "“": "'", "”": "'", "„": "'"})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SIGNS = "-/\u2010\u2011\u2012\u2013\u2014\u2015\u2212'"


def variables_in(command: str) -> frozenset[str]:
    """The variables that a command uses."""
    return frozenset(_VARIABLE.findall(_split(command)[1]))


def substituted(command: str, values: Mapping[str, str]) -> str:
    """The command with the values of its variables. A value is not searched for variables again."""
    name, rest = _split(command)
    return name + _VARIABLE.sub(lambda found: plain(values[found[1]]), rest)


def plain(value: str) -> str:
    """A value as words of one line, none of which begins like an option, a command or a quotation."""
    words = _UNSEEN.sub(" ", value).translate(_QUOTES).split()
    return " ".join(stripped for word in words if (stripped := word.lstrip(_SIGNS)))


def _split(command: str) -> tuple[str, str]:
    """The name of the command, and the rest of the line."""
    end = re.search(r"\s", command)
    at = end.start() if end else len(command)
    return command[:at], command[at:]
