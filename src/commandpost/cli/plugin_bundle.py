"""`commandpost plugin-bundle`: the plugin for Mattermost's web app, as one file to upload there."""

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import click

import commandpost
from commandpost.chat.mattermost.attaching_plugin import NAME, PLUGIN_ID

_PACKAGE = Path(commandpost.__file__).parent
_BUILT = _PACKAGE / "plugin" / "webapp"
"""Where `scripts/build_webapp` puts what Mattermost serves to browsers."""
_ICON = _PACKAGE / "static" / "icon.svg"


@click.command("plugin-bundle")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The file to write.  [default: {PLUGIN_ID}-{commandpost.__version__}.tar.gz]",
)
def plugin_bundle(output: Path | None) -> None:
    """Write the plugin for the web app of a Mattermost server, to upload it there.

    \b
    It brings Command Post's panel, pages and menu entries into Mattermost 5.31 and later. Upload it at
    System Console > Plugins > Plugin Management, then enable it. The same program always writes the
    same bytes.
    """
    file = output or Path(f"{PLUGIN_ID}-{commandpost.__version__}.tar.gz")
    try:
        content = bundle()
    except FileNotFoundError as cause:
        raise click.ClickException(f"The web app is not built: {cause.filename} is missing.") from cause
    file.write_bytes(content)
    click.echo(f"Wrote {file}")


def bundle() -> bytes:
    """The plugin as Mattermost installs it: its manifest, its icon, and the built web app."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, content in _files():
            entry = tarfile.TarInfo(f"{PLUGIN_ID}/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def manifest() -> dict[str, object]:
    """What Mattermost reads first: who we are, and that all we bring runs in the browser."""
    return {
        "id": PLUGIN_ID,
        "name": NAME,
        "description": "Incident management where the team already talks.",
        "version": commandpost.__version__,
        "min_server_version": "5.31.0",
        "icon_path": "assets/icon.svg",
        "webapp": {"bundle_path": "webapp/main.js"},
    }


def _files() -> Iterator[tuple[str, bytes]]:
    yield "plugin.json", json.dumps(manifest(), indent=2).encode() + b"\n"
    yield "assets/icon.svg", _ICON.read_bytes()
    main = _BUILT / "main.js"
    yield "webapp/main.js", main.read_bytes()
    for path in sorted(_BUILT.iterdir()):
        if path != main:
            yield f"webapp/{path.name}", path.read_bytes()
