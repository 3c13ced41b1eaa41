"""A long run on this machine: faults at full size, then thousands of sockets for as long as is left.

    python -m scripts.soak --hours 4 --sockets 3000

The result, good or bad, goes to docs/run/soak.md with date and commit. The faults are gone through once in
any case, and again while there is time for it. The run starts and stops everything itself.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

_ROOT = Path(__file__).parents[1]
_FAULTS = "tests/nodes/test_faults.py"
_STEPS = 4
_SHORTEST_STEP_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one test went; `figures` are what it recorded."""

    name: str
    ended: str
    seconds: float
    figures: str


def faults(percent: int) -> list[Result]:
    """Every fault once, at so much of its full size."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "0",
            "-p",
            "no:randomly",
            _FAULTS,
            f"--soak={percent}",
        ]
        command += [f"--junitxml={report.name}", "-o", "junit_family=xunit1"]
        subprocess.run(command, cwd=_ROOT, check=False)
        return [_result(case) for case in parse(report.name).iter("testcase")]


def _result(case: Element) -> Result:
    failed = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
    figures = [f"{one.get('value')} {one.get('name')}" for one in case.iter("property")]
    return Result(
        name=case.get("name", "").removeprefix("test_").replace("_", " "),
        ended=failed[0] if failed else "passed",
        seconds=float(case.get("time", 0)),
        figures=", ".join(figures),
    )


def load(sockets: int, seconds: float) -> str:
    """What `bench.load` says of two servers with so many sockets, step after step of the same size."""
    steps = [str(sockets)] * _STEPS
    command = [sys.executable, "-m", "bench.load", "--servers", "2", "--seconds", str(int(seconds / _STEPS))]
    ran = subprocess.run(
        [*command, "--users", *steps], cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    return ran.stdout.strip() + (f"\n\nended with exit code {ran.returncode}" if ran.returncode else "")


def page(begun: datetime, percent: int, rounds: Sequence[Sequence[Result]], said_of_load: str) -> str:
    """The result as docs/run/soak.md shows it."""
    git = ["git", "-C", str(_ROOT)]
    commit = subprocess.check_output([*git, "rev-parse", "--short", "HEAD"], text=True).strip()
    took = datetime.now(UTC) - begun
    rows = [
        f"| {one.name} | {one.ended} | {one.seconds:.0f} s | {one.figures} |"
        for done in rounds
        for one in done
    ]
    return "\n".join(
        [
            "# Soak",
            "",
            "Written by `make soak` (`HOURS=4 SOCKETS=3000`): the faults of `tests/nodes/test_faults.py` at",
            "full size (100 kills, 10 outages each, 5 further starts), then thousands of sockets on two",
            "servers; all on one machine.",
            "",
            f"{begun:%d %B %Y, %H:%M} UTC, commit {commit}, {took.total_seconds() / 60:.0f} minutes,"
            f" {percent} % of full size,",
            f"load of the machine {os.getloadavg()[2]:.0f}, Python {platform.python_version()}.",
            "",
            "| fault | ended | took | what happened |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "```",
            said_of_load,
            "```",
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=1.0, help="how long it takes, about")
    parser.add_argument("--sockets", type=int, default=2000, help="on two servers")
    parser.add_argument("--percent", type=int, default=100, help="of the faults' full size")
    parser.add_argument("--page", type=Path, default=_ROOT / "docs/run/soak.md", help="where the result goes")
    arguments = parser.parse_args()
    begun, start = datetime.now(UTC), time.monotonic()
    rounds = [faults(arguments.percent)]
    for_faults_s = arguments.hours * 3600 * 3 / 4
    while (time.monotonic() - start) * (len(rounds) + 1) / len(rounds) < for_faults_s:
        rounds.append(faults(arguments.percent))
    left_s = arguments.hours * 3600 - (time.monotonic() - start)
    said_of_load = load(arguments.sockets, max(left_s, _STEPS * _SHORTEST_STEP_S))
    arguments.page.write_text(page(begun, arguments.percent, rounds, said_of_load))
    if any(one.ended != "passed" for done in rounds for one in done) or "exit code" in said_of_load:
        sys.exit(1)


if __name__ == "__main__":
    main()
