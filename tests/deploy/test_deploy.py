"""What `deploy/` offers to start from: each file is what it says, and names only what there is."""

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import httpx
import promql_parser
import pytest
import yaml
from compose_spec import PyCompose

from commandpost.app import Doors, create_app
from commandpost.attached import AttachedDoors, Attachment, create_attached
from commandpost.db import database_at
from commandpost.settings import VARIABLES
from commandpost.workspace.model.config import Config, variables
from tests.house.sources import ROOT
from tests.support.clock import TestClock
from tests.support.people import SITE, running

DEPLOY = ROOT / "deploy"
FIGURE = re.compile(r"^(\w+)(?:{(.*)})? ", re.MULTILINE)
OF_PROMETHEUS = {"up": set[str]()}
ITS_LABELS = {"job", "instance"}
"""What Prometheus itself adds."""
_PARTS = re.compile(r"_(bucket|count|sum|created)$")


@pytest.fixture
async def figures(
    postgresql_url: str, clock: TestClock, tmp_path: Path, doors: Doors, attached_doors: AttachedDoors
) -> AsyncGenerator[dict[str, set[str]]]:
    """What nodes among several show, with a chat of their own and attached: names, and labels of each."""
    nobody = Attachment(url="http://127.0.0.1:9", token="none")
    text = ""
    for app in (
        create_app(database_at(postgresql_url), clock=clock, config=Config(), data_dir=tmp_path, doors=doors),
        create_attached(
            database_at(postgresql_url),
            nobody,
            clock=clock,
            config=Config(),
            data_dir=tmp_path,
            doors=attached_doors,
        ),
    ):
        transport = httpx.ASGITransport(app=app)
        async with running(app), httpx.AsyncClient(transport=transport, base_url=SITE) as http:
            await http.get("/healthz")
            text += (await http.get("/metrics")).text
    shown: dict[str, set[str]] = {}
    for name, labels in FIGURE.findall(text):
        shown.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))
    yield shown


@pytest.fixture
def metrics(figures: dict[str, set[str]]) -> set[str]:
    """The names of our metrics."""
    return {_PARTS.sub("", name) for name in figures if name.startswith("commandpost_")}


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_the_compose_file_is_one_by_its_specification() -> None:
    PyCompose.from_yaml((DEPLOY / "compose.yaml").read_text()).validate()


def test_nodes_run_with_a_root_that_cannot_be_written_and_without_capabilities() -> None:
    for node in ("one", "two"):
        service = compose()["services"][node]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "ports" not in service


@pytest.mark.parametrize("file", ["compose.yaml", "Containerfile", "systemd/commandpost.service"])
def test_settings_that_are_named_exist(file: str) -> None:
    named = set(re.findall(r"\bCOMMANDPOST_[A-Z_]+\b", (DEPLOY / file).read_text()))

    assert named - set(VARIABLES) - set(variables().values()) == set()


def test_the_container_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    last_stage = lines[max(at for at, line in enumerate(lines) if line.startswith("FROM")) :]

    [user] = [line.split()[1] for line in last_stage if line.startswith("USER")]
    assert int(user) > 0
    assert [line for line in last_stage if line.startswith("HEALTHCHECK")]
    assert "/readyz" in "\n".join(last_stage)


def test_the_containerfile_is_one_by_hadolint() -> None:
    if platform.machine() != "x86_64":
        pytest.skip("hadolint comes as a program for Linux on x86-64 only")
    hadolint = Path(sys.executable).with_name("hadolint")

    verdict = subprocess.run(
        [hadolint, DEPLOY / "Containerfile"], capture_output=True, text=True, check=False
    )

    assert (verdict.returncode, verdict.stdout + verdict.stderr) == (0, "")


def test_nginx_knows_both_nodes_passes_sockets_on_and_hides_figures() -> None:
    written = (DEPLOY / "nginx/commandpost.conf").read_text()
    nodes = set(re.findall(r"^\s*server (\w+):8065", written, re.MULTILINE))

    assert nodes == {"one", "two"} <= set(compose()["services"])
    assert "proxy_set_header Upgrade $http_upgrade;" in written
    assert "location = /metrics { return 404; }" in written
    assert written.count("{") == written.count("}")


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.fail(
            "systemd-analyze is needed here: apt-get install systemd (scripts/setup dev does it as root)"
        )
    written = (DEPLOY / "systemd/commandpost.service").read_text()
    unit = tmp_path / "commandpost.service"
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", written))

    verdict = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)

    assert (verdict.returncode, verdict.stderr) == (0, "")


async def test_every_metric_is_documented_and_what_is_documented_exists(metrics: set[str]) -> None:
    page = (ROOT / "docs/run/observing.md").read_text()

    assert set(re.findall(r"^\| `(commandpost_\w+)`", page, re.MULTILINE)) == metrics


def parts(expression: Any) -> Iterator[Any]:
    """An expression and all that is in it."""
    yield expression
    within = [getattr(expression, name, None) for name in ("lhs", "rhs", "expr", "param", "vector_selector")]
    for part in (*within, *getattr(expression, "args", ())):
        if part is not None:
            yield from parts(part)


def labels_asked_for(expression: Any) -> Iterator[tuple[set[str], set[str]]]:
    """Labels that are narrowed or grouped by, with the names of the metrics that must have them."""
    for part in parts(expression):
        if isinstance(part, promql_parser.VectorSelector):
            yield {matcher.name for matcher in part.matchers.matchers}, {part.name}
        if isinstance(part, promql_parser.AggregateExpr) and part.modifier:
            yield set(part.modifier.labels), names_in(part)


def names_in(expression: Any) -> set[str]:
    return {part.name for part in parts(expression) if isinstance(part, promql_parser.VectorSelector)}


@pytest.mark.parametrize("file", ["prometheus/alerts.yaml", "grafana/commandpost.json"])
async def test_rules_and_dashboard_ask_for_metrics_and_labels_that_exist(
    figures: dict[str, set[str]], file: str
) -> None:
    text = (DEPLOY / file).read_text()
    if file.endswith(".yaml"):
        rules = [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]
        asked = [rule["expr"] for rule in rules]
        assert all(rule["alert"] and rule["annotations"]["summary"] for rule in rules)
    else:
        panels = json.loads(text)["panels"]
        asked = [target["expr"] for panel in panels for target in panel["targets"]]
        assert len({panel["id"] for panel in panels}) == len(panels)
    known = figures | OF_PROMETHEUS

    expressions = [promql_parser.parse(one.replace("$__rate_interval", "5m")) for one in asked]

    assert expressions
    for one in expressions:
        assert names_in(one) and names_in(one) <= set(known), one.prettify()
        for labels, names in labels_asked_for(one):
            for name in names:
                assert labels <= known[name] | ITS_LABELS, one.prettify()
