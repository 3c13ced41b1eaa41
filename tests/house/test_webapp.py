"""The web app: directions of imports, features that are strangers, types that are the API's."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT

SRC = ROOT / "webapp" / "src"
ROOMS = ("ui", "host", "api", "workspace", "features", "entries")
"""From the ground up; workspace and features are neighbours, and strangers."""

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def modules() -> Iterator[Path]:
    yield from sorted(path for path in SRC.rglob("*") if path.suffix in (".ts", ".tsx"))


def imported(module: Path) -> Iterator[Path]:
    """Our own files and folders that a module imports."""
    for name in IMPORT.findall(module.read_text()):
        if name.startswith("@/"):
            yield SRC / name[2:]
        elif name.startswith("."):
            yield (module.parent / name).resolve()


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0]


def feature(path: Path) -> str:
    return path.relative_to(SRC).parts[1] if room(path) == "features" else ""


def may_import(importer: Path, target: Path) -> bool:
    here, there = room(importer), room(target)
    if here == there:
        return feature(importer) == feature(target)
    if {here, there} == {"workspace", "features"}:
        return False
    return ROOMS.index(there) < ROOMS.index(here)


def test_imports_go_down_only_and_features_are_strangers() -> None:
    found = [
        f"{module.relative_to(ROOT)} imports {target.relative_to(SRC)}"
        for module in modules()
        for target in imported(module)
        if not may_import(module, target)
    ]

    assert found == []


def test_a_room_is_entered_by_its_index() -> None:
    found = [
        f"{module.relative_to(ROOT)} imports {target.relative_to(SRC)}"
        for module in modules()
        for target in imported(module)
        if (room(module), feature(module)) != (room(target), feature(target))
        if len(target.relative_to(SRC).parts) > (2 if feature(target) else 1) and target.suffix != ".css"
    ]

    assert found == []


def test_the_types_of_the_api_are_those_that_the_server_describes() -> None:
    check = [sys.executable, ROOT / "scripts" / "make_api_types.py", "--check"]
    run = subprocess.run(check, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr


def test_every_text_is_there_in_every_language() -> None:
    english = {path.parent for path in SRC.rglob("text.en.ts")}
    german = {path.parent for path in SRC.rglob("text.de.ts")}

    assert english == german
    assert len({folder.name for folder in english}) == len(english)


def test_colours_stand_in_the_tokens_alone() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\brgb\(|\bhsl\(", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match}"
        for path in sorted(SRC.rglob("*.css"))
        if path.name != "tokens.css"
        for match in colour.findall(path.read_text())
    ]

    assert found == []
