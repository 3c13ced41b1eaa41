"""CPU time by process, from /proc: it tells what a request costs also while others use the machine."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM = 1, 11, 12
"""Where these stand in /proc/PID/stat, counted after the process's name (proc(5))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds of CPU used so far: by the server, by all processes of the database, by this client."""

    server: float
    database: float
    client: float

    def each(self, before: "Spent", requests: int) -> str:
        """Microseconds for each of the requests made since `before`."""
        parts = {
            "server": self.server - before.server,
            "database": self.database - before.database,
            "client": self.client - before.client,
        }
        return ", ".join(f"{name} {seconds / requests * 1e6:.0f}" for name, seconds in parts.items())


def spent(server: int, database: int) -> Spent:
    """What was used so far; `database` started the others of the database, 0 if there is none."""
    return Spent(
        server=_seconds(_stat(server)), database=_with_children(database), client=_seconds(_stat(os.getpid()))
    )


def _with_children(pid: int) -> float:
    if not pid:
        return 0.0
    found = [stat for one in Path("/proc").iterdir() if one.name.isdigit() and (stat := _stat(int(one.name)))]
    return _seconds(_stat(pid)) + sum(_seconds(stat) for stat in found if int(stat[_PARENT]) == pid)


def _stat(pid: int) -> list[str]:
    """The fields after the name; none of a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _seconds(stat: list[str]) -> float:
    return (int(stat[_USER]) + int(stat[_SYSTEM])) * _TICK_S if stat else 0.0
