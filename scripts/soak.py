"""A long run on this machine: faults up to their full size, then thousands of sockets for as long as is left.

    python -m scripts.soak --hours 4 --sockets 3000    # three hours at most for faults, the rest for sockets
    python -m scripts.soak --hours 0.8 --sockets 0     # the faults alone, 48 minutes at most

The faults come in parts of a tenth of their full size, each on servers of its own. The result, good or bad,
goes to docs/run/soak.md after each part: who interrupts the run (Ctrl-C, SIGTERM) loses the part under way
and no more. The run starts and stops everything itself.
"""

import argparse
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

_ROOT = Path(__file__).parents[1]
_FAULTS = "tests/nodes/test_faults.py"
_PART_PERCENT = 10
_FOR_FAULTS = 3 / 4
_STEPS = 4
_SHORTEST_STEP_S = 60


@dataclass(slots=True)
class Fault:
    """How one test went, in all parts of the run; `figures` are what it recorded, `failures` what it said."""

    parts: int = 0
    passed: int = 0
    seconds: float = 0.0
    figures: Counter[str] = field(default_factory=Counter[str])
    failures: list[str] = field(default_factory=list[str])

    def add(self, case: Element) -> None:
        """Count in how it went once more."""
        failed = [child for child in case if child.tag in ("failure", "error", "skipped")]
        self.parts += 1
        self.passed += not failed
        self.seconds += float(case.get("time", 0))
        self.failures += [_said(child) for child in failed]
        for figure in case.iter("property"):
            self.figures[figure.get("name", "")] += int(figure.get("value", 0))

    def row(self, name: str) -> str:
        """What the page says of it."""
        figures = ", ".join(f"{number:,} {what}" for what, number in self.figures.items())
        return f"| {name} | {self.passed} of {self.parts} | {self.seconds:.0f} s | {figures} |"


@dataclass(slots=True)
class Soak:
    """A run and where its result goes."""

    percent: int
    page: Path
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    start: float = field(default_factory=time.monotonic)
    reached: int = 0
    faults: dict[str, Fault] = field(default_factory=dict[str, Fault])
    said_of_load: str = ""
    ending: str = "under way"

    @property
    def took_s(self) -> float:
        """Seconds since its begin."""
        return time.monotonic() - self.start

    @property
    def is_well(self) -> bool:
        """Whether all that was tried ended as it should, and something was."""
        tried = self.faults.values()
        return bool(tried) and all(one.passed == one.parts for one in tried) and not self.ending

    def go_through_faults(self, seconds: float) -> None:
        """Part after part, until the size is reached or the next part would take too long."""
        while self.reached < self.percent:
            part = min(_PART_PERCENT, self.percent - self.reached)
            if self.reached and self.took_s * (1 + part / self.reached) > seconds:
                return
            self._part(part)
            self.reached += part
            self.write()

    def _part(self, percent: int) -> None:
        with tempfile.NamedTemporaryFile(suffix=".xml") as report:
            command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:randomly", _FAULTS]
            command += [f"--soak={percent}", f"--junitxml={report.name}", "-o", "junit_family=xunit1"]
            with _running(command) as tests:
                tests.wait()
            for case in parse(report.name).iter("testcase"):
                name = case.get("name", "").removeprefix("test_").replace("_", " ")
                self.faults.setdefault(name, Fault()).add(case)

    def put_load_on(self, sockets: int, seconds: float) -> None:
        """What `bench.load` says of two servers with so many sockets, step after step of the same size."""
        command = [sys.executable, "-m", "bench.load", "--servers", "2"]
        command += ["--seconds", str(int(seconds / _STEPS)), "--users", *[str(sockets)] * _STEPS]
        with _running(command, stdout=subprocess.PIPE) as load:
            said, _ = load.communicate()
        self.said_of_load = said.decode().strip()
        if load.returncode:
            self.ending = f"the load ended with exit code {load.returncode}"

    def write(self) -> None:
        """Show what there is so far."""
        git = ["git", "-C", str(_ROOT)]
        commit = subprocess.check_output([*git, "rev-parse", "--short", "HEAD"], text=True).strip()
        lines = [
            "# Soak",
            "",
            "Written by `make soak` (`HOURS=4 SOCKETS=3000`; `SOCKETS=0` for the faults alone): the faults",
            "of `tests/nodes/test_faults.py` up to full size (100 kills, 10 outages each, 10 further starts)",
            "in ten parts, then thousands of sockets on two servers; all on one machine.",
            "",
            f"{self.begun:%d %B %Y, %H:%M} UTC, commit {commit}, {self.took_s / 60:.0f} minutes,"
            f" {self.reached} % of full size,",
            f"load of the machine {os.getloadavg()[2]:.0f}, Python {platform.python_version()}.",
            *([f"The run is not whole: {self.ending}."] if self.ending else []),
            "",
            "| fault | parts passed | took | what happened |",
            "| --- | --- | --- | --- |",
            *(fault.row(name) for name, fault in self.faults.items()),
            "",
        ]
        lines += [f"- {failure}" for fault in self.faults.values() for failure in fault.failures]
        if self.said_of_load:
            lines += ["```", self.said_of_load, "```", ""]
        self.page.write_text("\n".join(lines))


def _said(failure: Element) -> str:
    """What went wrong, in short, without the folders of this machine."""
    words = " ".join(failure.get("message", failure.tag).split())
    for folder in (_ROOT, Path(tempfile.gettempdir())):
        words = words.replace(f"{folder}/", "")
    return words[:300]


@contextmanager
def _running(command: Sequence[str], stdout: int | None = None) -> Generator["subprocess.Popen[bytes]"]:
    """A program that is told of an interruption once, and may then stop the servers that it has started."""
    with subprocess.Popen(command, cwd=_ROOT, stdout=stdout, start_new_session=True) as program:
        try:
            yield program
        except KeyboardInterrupt:
            program.send_signal(signal.SIGINT)
            program.wait()
            raise


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=1.0, help="how long it takes at most, about")
    parser.add_argument("--sockets", type=int, default=2000, help="on two servers; 0: faults only")
    parser.add_argument("--percent", type=int, default=100, help="of the faults' full size")
    parser.add_argument("--page", type=Path, default=_ROOT / "docs/run/soak.md", help="where the result goes")
    arguments = parser.parse_args()
    # SIGINT too: a shell starts what runs in the background without it, and so would we what we start.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    seconds = arguments.hours * 3600
    soak = Soak(percent=arguments.percent, page=arguments.page)
    try:
        soak.go_through_faults(seconds * (_FOR_FAULTS if arguments.sockets else 1))
        soak.ending = "" if soak.reached >= arguments.percent else "its time was over"
        if arguments.sockets:
            soak.put_load_on(arguments.sockets, max(seconds - soak.took_s, _STEPS * _SHORTEST_STEP_S))
    except KeyboardInterrupt:
        soak.ending = "it was interrupted"
    soak.write()
    sys.exit(0 if soak.is_well else 1)


if __name__ == "__main__":
    main()
