"""Integrations of others: found by their entry points, and kept from doing harm."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from commandpost.db import Database
from commandpost.integrations import Answer, Call, Command, Failed, Outcome, SubCommand, Tools, discovery
from commandpost.integrations.actions import run, settings
from commandpost.integrations.actions.settings import Caller
from commandpost.integrations.toolbox import Toolbox
from commandpost.integrations.tools.jira import Jira
from commandpost.vault import Vault
from tests.integrations.bench import ANA, Bench, settings_of
from tests.support.clock import TestClock
from tests.support.stand_in import HastyOutbound, Said, StandIn

PAGE = Path("docs/build/integrations.md")


@pytest.fixture
def installed_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example of the documentation, installed as pip would."""
    text = PAGE.read_text()
    [module] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    [entry] = re.findall(r"^(statuspage = .*)$", text, re.MULTILINE)
    (tmp_path / "commandpost_statuspage.py").write_text(module)
    metadata = tmp_path / "commandpost_statuspage-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: commandpost-statuspage\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{discovery.GROUP}]\n{entry}\n".replace('"', ""))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("commandpost_statuspage", None)


def test_a_server_that_uses_no_tool_carries_no_library_of_one() -> None:
    loaded = (
        "import sys, commandpost.app, commandpost.integrations.discovery as discovery; discovery.installed();"
        "print({'jira', 'pagerduty', 'requests'} & sys.modules.keys())"
    )

    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert run.stdout == "set()\n"


async def test_the_example_of_the_documentation_is_found_and_works(
    installed_example: None, stand_in: StandIn, outbound: HastyOutbound, clock: TestClock
) -> None:
    found = {one.name: one for one in discovery.installed()}
    assert found.keys() == {"jira", "opsgenie", "pagerduty", "statuspage", "zoom"}
    statuspage = found["statuspage"]
    status = {"page": {"id": "1"}, "status": {"indicator": "none", "description": "All Systems Operational"}}
    stand_in.tell("GET", "/api/v2/status.json", Said(body=status))
    bench = Bench(
        integration=statuspage,
        settings=settings_of(statuspage, {"url": stand_in.url}),
        tool=stand_in,
        outbound=outbound,
        clock=clock,
    )

    answer = await bench.run("show")

    assert answer.told == "All Systems Operational"
    assert bench.links[0].url == stand_in.url
    assert await statuspage.health(bench.tools) == "The page says: All Systems Operational"


class Shouting(Jira):
    """One that could not be named in the environment."""

    name = "JIRA!"


class TwoWords(Jira):
    """One whose command nobody could type."""

    name = "twowords"

    @property
    def commands(self) -> tuple[Command, ...]:
        return (Command(trigger="two words", help="", sub_commands=()),)


class Broken(Jira):
    """One that cannot even be made."""

    def __init__(self) -> None:
        raise RuntimeError("a fault in its making")


def point(name: str) -> EntryPoint:
    return EntryPoint(name="x", value=f"{__name__}:{name}", group=discovery.GROUP)


def test_one_that_cannot_be_used_is_left_out() -> None:
    points = [point(name) for name in ("Broken", "Nowhere", "Shouting", "TwoWords", "Jira", "Jira")]

    assert [one.name for one in discovery.loaded(points)] == ["jira"]


async def fail(tools: Tools, call: Call) -> Answer:
    raise ZeroDivisionError


class Faulty(Jira):
    """One that has a fault in its command."""

    name = "faulty"
    title = "Faulty"
    settings = ()

    @property
    def commands(self) -> tuple[Command, ...]:
        return (Command(trigger="faulty", help="", sub_commands=(SubCommand(name="go", help="", run=fail),)),)

    async def health(self, tools: Tools) -> str:
        raise ZeroDivisionError


async def test_a_fault_fails_that_call_alone(
    sqlite_database: Database, clock: TestClock, outbound: HastyOutbound, tmp_path: Path
) -> None:
    box = Toolbox(
        [Faulty()],
        database=sqlite_database,
        clock=clock,
        vault=Vault({}, tmp_path),
        environment={},
        way_out=outbound,
    )
    typed = await run.understood(box, "faulty", "go")

    with pytest.raises(Failed, match="has a fault; the server's log tells which") as caught:
        await run.run(box, typed, Call(by=ANA, text=""))
    health = await settings.test(box, Caller(user_id="admin", is_system_admin=True), "faulty")

    assert (caught.value.outcome, health.outcome) == (Outcome.BROKEN, Outcome.BROKEN)
