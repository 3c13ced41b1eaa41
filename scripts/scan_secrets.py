"""Look for secrets in every file of the repository, as `make lint` does.

What was found and judged to be none is in `.secrets.baseline`.
After looking, add to its `results` what this prints:

    .venv/bin/detect-secrets scan FILE

A file that was clean is not read again until it changes (`.cache/secrets`).
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ".secrets.baseline"
_CLEAN = ROOT / ".cache" / "secrets"
_ONLY_MOVED = 3
"""The scanner's exit code when what is in the baseline stands in other lines, or is gone."""
_NOT_READ = (".png", ".ico", ".woff2", "package-lock.json", BASELINE)


def _git(*arguments: str, given: str = "") -> list[str]:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def _contents() -> dict[str, str]:
    """Each file to look into, with the hash of what it holds; locks hold nothing but hashes."""
    files = [
        name
        for name in _git("ls-files", "--cached", "--others", "--exclude-standard")
        if not name.endswith(_NOT_READ) and not name.startswith("requirements/") and (ROOT / name).is_file()
    ]
    return dict(zip(files, _git("hash-object", "--stdin-paths", given="\n".join(files)), strict=True))


def _found(files: list[str]) -> str:
    """What the scanner says of secrets. It notes where lines stand in a copy of the baseline."""
    hook = Path(sys.executable).parent / "detect-secrets-hook"
    baseline = shutil.copy(ROOT / BASELINE, _CLEAN.with_suffix(".baseline"))
    run = subprocess.run(
        [hook, "--baseline", baseline, *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if run.returncode in (0, _ONLY_MOVED) else run.stdout + run.stderr


def main() -> int:
    """Scan what has changed since it was last found clean."""
    if not (ROOT / ".git").exists():
        sys.stderr.write("NOT CHECKED for secrets: this is no git checkout.\n")
        return 0
    known = _git("hash-object", BASELINE)[0]
    contents = _contents()
    clean = set(_CLEAN.read_text().split()) if _CLEAN.is_file() else set[str]()
    waiting = [name for name, content in contents.items() if f"{known}:{content}:{name}" not in clean]
    _CLEAN.parent.mkdir(exist_ok=True)
    if waiting and (found := _found(waiting)):
        sys.stderr.write(found)
        return 1
    _CLEAN.write_text("\n".join(f"{known}:{content}:{name}" for name, content in contents.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
