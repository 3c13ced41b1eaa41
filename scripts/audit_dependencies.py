"""Ask the advisory services of PyPI and npm about every locked package, as `make lint` does.

A known weakness fails. A service that cannot be reached, or does not know a package, fails nothing: what was
not checked is named. A service that was away is not asked again for an hour, and one that had nothing
against a lock not for a day (`.cache/advisories.json`).
"""

import hashlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
_ANSWERS = ROOT / ".cache" / "advisories.json"
_HOUR_S = 3600
_DAY_S = 24 * _HOUR_S
_WITHIN_S = 120
_NO_ANSWER = "the service cannot be asked from here."
_PYTHON = tuple(f"requirements/{name}.txt" for name in ("build", "run", "dev", "mmpy_bot"))
_NODE = ("webapp/package-lock.json", "tests/clients/node/package-lock.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a service said of a lock: weaknesses, how many packages it spoke of, and why it did not speak."""

    weaknesses: list[str]
    checked: int
    silent: str = ""


def python_verdict(report: str) -> Verdict:
    """What pip-audit's report says; packages that the index knows nothing of were not checked."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return Verdict(weaknesses=[], checked=0, silent=_NO_ANSWER)
    known = [package for package in packages if "skip_reason" not in package]
    weaknesses = [
        f"{package['name']} {package['version']}: {found['id']}"
        f" (mended in {', '.join(found['fix_versions']) or 'no version'})"
        for package in known
        for found in package["vulns"]
    ]
    unknown = sorted(package["name"] for package in packages if "skip_reason" in package)
    if not known:
        return Verdict(weaknesses=[], checked=0, silent=_NO_ANSWER)
    silent = f"the service does not know {', '.join(unknown)}." if unknown else ""
    return Verdict(weaknesses=weaknesses, checked=len(known), silent=silent)


def node_verdict(report: str) -> Verdict:
    """What npm's report says."""
    try:
        answer: dict[str, Any] = json.loads(report)
        found: dict[str, dict[str, Any]] = answer["vulnerabilities"]
    except (ValueError, KeyError):
        return Verdict(weaknesses=[], checked=0, silent=_NO_ANSWER)
    weaknesses = [f"{name} {what['range']}: {what['severity']}" for name, what in found.items()]
    return Verdict(weaknesses=weaknesses, checked=answer["metadata"]["dependencies"]["total"])


def _ask_python(lock: Path) -> Verdict:
    command = [BIN / "pip-audit", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    cache = ("--cache-dir", ROOT / ".cache" / "pip-audit", "--timeout", "10")
    return python_verdict(_said([*command, *cache, "--requirement", lock], ROOT))


def _ask_node(lock: Path) -> Verdict:
    command = [BIN / "npm", "audit", "--package-lock-only", "--json", "--fetch-retries=0"]
    return node_verdict(_said([*command, "--fetch-timeout=10000"], lock.parent))


def _said(command: list[Any], folder: Path) -> str:
    try:
        return subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_WITHIN_S, check=False
        ).stdout
    except subprocess.TimeoutExpired:
        return ""


def main() -> int:
    """Ask about each lock, unless that was done for it not long ago."""
    kept: dict[str, dict[str, Any]] = json.loads(_ANSWERS.read_text()) if _ANSWERS.is_file() else {}
    failed = False
    for locks, ask in ((_PYTHON, _ask_python), (_NODE, _ask_node)):
        speechless = ""
        for name in locks:
            key = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
            if kept.get(key, {}).get("until", 0) < time.time():
                verdict = (
                    Verdict(weaknesses=[], checked=0, silent=speechless) if speechless else ask(ROOT / name)
                )
                for weakness in verdict.weaknesses:
                    sys.stderr.write(f"{name}: {weakness}\n")
                failed |= bool(verdict.weaknesses)
                holds_s = 0 if verdict.weaknesses else _HOUR_S if verdict.silent else _DAY_S
                kept[key] = {"until": time.time() + holds_s, "silent": verdict.silent}
                speechless = verdict.silent if not verdict.checked else ""
            if silent := kept[key]["silent"]:
                sys.stderr.write(f"NOT CHECKED for advisories: {name}: {silent}\n")
    _ANSWERS.parent.mkdir(exist_ok=True)
    _ANSWERS.write_text(json.dumps(kept))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
