"""The README's tour: every command runs on a demonstration server and answers what is written there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.journeys.tour import steps, without_chance
from tests.support.served import served

README = Path(__file__).parents[2] / "README.md"
CURL = Path(__file__).with_name("curl.py")
MARK = "-- next --"


def test_the_tour_of_the_readme_answers_what_is_written_there(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    curl = programs / "curl"
    curl.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {Path(__file__).with_name("curl.py")} "$@"\n'
    )
    curl.chmod(0o755)
    tour = steps(README.read_text())

    with served(tmp_path / "data", "--demo") as server:
        password = re.search(r"ines +│ (\S+)", server.log)
        assert password is not None
        commands = [
            re.sub(r"PASSWORD=\S+", f"PASSWORD={password[1]}", step.command).replace(
                "http://127.0.0.1:8065", server.url
            )
            for step in tour
        ]
        run = subprocess.run(
            ["sh", "-c", f"\necho '{MARK}'\n".join(commands)],
            env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )

    answers = [answer.strip("\n") for answer in f"\n{run.stdout}".split(MARK)]
    assert run.stderr == ""
    assert [without_chance(answer) for answer in answers] == [without_chance(step.answer) for step in tour]
