"""`commandpost openapi`: the API's description without starting a server."""

import json
from pathlib import Path

import click

from commandpost.api.docs.document import document
from commandpost.app import create_app
from commandpost.db import database_at
from commandpost.kernel.clock import SystemClock
from commandpost.workspace.model.config import Config


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead.")
def openapi(output: Path | None) -> None:
    """Print the OpenAPI 3.1 document of both REST faces (v0 and v4) as JSON.

    \b
    For instance, to generate a client:
        commandpost openapi --output openapi.json
    """
    app = create_app(database_at("sqlite:///unused"), clock=SystemClock(), config=Config())
    text = json.dumps(document(app), indent=2, ensure_ascii=False)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
