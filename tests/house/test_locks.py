"""Dependencies are locked with hashes, and no lock or setting names a registry's address."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import ROOT

HASHED = sorted((ROOT / "requirements").glob("*.txt"))
NODE = (ROOT / "webapp", ROOT / "tests" / "clients" / "node")


def called(lock: Path) -> str:
    return lock.name


def locked(lock: Path) -> dict[str, str]:
    """Each locked package's name with its version."""
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", HASHED, ids=called)
def test_every_locked_package_has_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())

    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def text_of(lock: Path) -> str:
    """What a lock says about where packages are from: not whom to thank for them."""
    if lock.suffix != ".json":
        return lock.read_text()
    packages = json.loads(lock.read_text())["packages"].values()
    return json.dumps(
        [{key: said for key, said in package.items() if key != "funding"} for package in packages]
    )


LOCKS = [*HASHED, *(folder / name for folder in NODE for name in ("package-lock.json", ".npmrc"))]


@pytest.mark.parametrize("lock", LOCKS, ids=called)
def test_no_lock_names_a_registry(lock: Path) -> None:
    # Of a lock's options only hashes are allowed: every other says where packages are from, or how.
    found = re.findall(
        r"https?://\S+|^\s*--?(?!-|hash=sha256:)[a-z]\S*|file:\S+|^registry", text_of(lock), re.M
    )

    assert found == []


def test_all_that_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=\[ ]", requirement)[0] for requirement in requirements}

    assert names(project["build-system"]["requires"]) <= set(locked(ROOT / "requirements/build.txt"))
    assert names(project["project"]["dependencies"]) <= set(locked(ROOT / "requirements/run.txt"))
    assert names(project["dependency-groups"]["dev"]) <= set(locked(ROOT / "requirements/dev.txt"))


def test_tests_run_with_the_versions_that_are_shipped() -> None:
    shipped, tested = locked(ROOT / "requirements/run.txt"), locked(ROOT / "requirements/dev.txt")

    assert {name: tested.get(name) for name in shipped} == shipped


@pytest.mark.parametrize("folder", NODE, ids=called)
def test_every_package_for_node_has_a_hash(folder: Path) -> None:
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]

    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize("folder", NODE, ids=called)
def test_packages_for_node_are_named_with_one_version(folder: Path) -> None:
    package = json.loads((folder / "package.json").read_text())
    named = package.get("dependencies", {}) | package.get("devDependencies", {})

    # A package of which several versions are needed goes by names of our own: "npm:react@17.0.2".
    version = re.compile(r"(npm:[\w@/-]+@)?\d+\.\d+\.\d+")
    assert [name for name, wanted in named.items() if not version.fullmatch(wanted)] == []
