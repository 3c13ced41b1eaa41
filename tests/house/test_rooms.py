"""What stands where: directions of imports, SQL, blind catches, patches."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, everything, imports, product, sources

SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|WITH \w+ AS|CREATE|DROP|ALTER)\b")
# What jsonb_to_recordset gives is named beside it.
EVERY_COLUMN = re.compile(r"\bSELECT \*(?! FROM jsonb_to_recordset)|\b[a-z]\.\*")
SQL_ROOMS = re.compile(r"src/commandpost/(db/|\w+/store/|chat/mattermost/store/)")

# Where any failure must be caught: the edge of a request, a job, a socket, a listener; and where
# requests wait together, each of which is given the failure.
EDGES = {
    "src/commandpost/jobs/deliveries.py",
    "src/commandpost/live/between/carrying.py",
    "src/commandpost/jobs/housekeeping.py",
    "src/commandpost/jobs/due.py",
    "src/commandpost/jobs/mails.py",
    "src/commandpost/api/elsewhere.py",
    "src/commandpost/api/express.py",
    "src/commandpost/api/live.py",
    "src/commandpost/incidents/actions/alert_queue.py",
    "src/commandpost/integrations/actions/settings.py",
    "src/commandpost/integrations/discovery.py",
    "src/commandpost/api/socket/attendance.py",
    "src/commandpost/api/socket/door.py",
    "src/commandpost/api/socket/session_watch.py",
    "src/commandpost/workspace/actions/post_queue.py",
    "src/commandpost/workspace/commands/export.py",
    "src/commandpost/chat/mattermost/begun.py",
    "src/commandpost/chat/mattermost/control.py",
    "src/commandpost/chat/mattermost/delivery.py",
    "src/commandpost/chat/mattermost/listening.py",
    "src/commandpost/api/attached/in_time.py",
}


def test_imports_go_down_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-logo", "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": "src", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_sql_is_written_only_in_stores() -> None:
    found = [
        source.at(node.lineno)
        for source in product()
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if SQL.match(node.value) and not SQL_ROOMS.match(source.name)
    ]
    found += [
        source.at(line)
        for source in product()
        for line, module, name in imports(source)
        if module.startswith("commandpost.db") and name == "Sql" and not SQL_ROOMS.match(source.name)
    ]

    assert found == []


def test_questions_name_the_columns_they_ask_for() -> None:
    """A migration that adds a column would fail what PostgreSQL has prepared, in the midst of an upgrade."""
    found = [
        source.at(node.lineno)
        for source in product()
        if "/store/" in source.name
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and EVERY_COLUMN.search(node.value)
    ]

    assert found == []


def test_any_failure_is_caught_only_at_the_edges() -> None:
    blind = {
        source.name
        for source in product()
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler)
        for caught in ([None] if node.type is None else ast.walk(node.type))
        if caught is None or (isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException"))
        if not re_raises(node)
    }

    assert blind == EDGES


def re_raises(handler: ast.ExceptHandler) -> bool:
    """Whether the last thing a handler does is to pass the failure on."""
    return isinstance(handler.body[-1], ast.Raise)


def test_migrations_import_nothing_of_ours() -> None:
    found = [
        f"{source.at(line)} {module}"
        for source in sources("src/commandpost/db/migrations/versions")
        for line, module, _ in imports(source)
        if module.partition(".")[0] == "commandpost"
    ]

    assert found == []


def test_tests_replace_what_is_outside_and_patch_nothing_of_ours() -> None:
    found = [
        f"{source.at(line)} {module}"
        for source in everything()
        for line, module, name in imports(source)
        if f"{module}.{name}".startswith("unittest.mock")
    ]
    found += [
        source.at(node.lineno)
        for source in everything()
        for node in source.nodes
        if isinstance(node, ast.Attribute) and node.attr in ("setattr", "setitem", "delattr")
        if isinstance(node.value, ast.Name) and node.value.id == "monkeypatch"
    ]

    assert found == []
