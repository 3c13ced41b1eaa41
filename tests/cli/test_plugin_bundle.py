"""`commandpost plugin-bundle`: what it writes is what Mattermost installs, the same each time."""

import io
import json
import re
import tarfile
from pathlib import Path

from click.testing import CliRunner

from commandpost import __version__
from commandpost.cli import main

ID = "commandpost"


def test_the_bundle_is_one_that_mattermost_installs(tmp_path: Path) -> None:
    file = tmp_path / "plugin.tar.gz"

    result = CliRunner().invoke(main, ["plugin-bundle", "--output", str(file)])

    assert (result.exit_code, result.output) == (0, f"Wrote {file}\n")
    files = files_in(file.read_bytes())
    manifest = json.loads(files[f"{ID}/plugin.json"])
    assert re.fullmatch(r"[a-zA-Z0-9-_.]{3,190}", manifest["id"]) and manifest["id"] == ID
    assert (manifest["version"], manifest["min_server_version"]) == (__version__, "5.31.0")
    assert "server" not in manifest
    assert manifest["name"] and manifest["description"]
    assert f"{ID}/{manifest['webapp']['bundle_path']}" in files
    assert files[f"{ID}/{manifest['icon_path']}"].startswith(b"<svg")


def test_what_the_first_script_fetches_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "plugin.tar.gz"
    CliRunner().invoke(main, ["plugin-bundle", "--output", str(file)])
    files = files_in(file.read_bytes())
    script = files[f"{ID}/webapp/main.js"].decode()

    named = re.findall(r"[`\"']([\w-]+\.(?:js|css))[`\"']", script)

    assert len(named) == 2
    assert all(f"{ID}/webapp/{name}" in files for name in named)
    assert len(script) < 10_000


def test_the_same_program_writes_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / "first.tar.gz", tmp_path / "second.tar.gz"]

    for file in files:
        CliRunner().invoke(main, ["plugin-bundle", "--output", str(file)])

    assert files[0].read_bytes() == files[1].read_bytes()


def files_in(packed: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return {entry.name: content.read() for entry in archive if (content := archive.extractfile(entry))}
