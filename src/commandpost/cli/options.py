"""What several commands share: where the database is, and how a refusal is told."""

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from commandpost.kernel.errors import Refusal
from commandpost.settings import Settings, settings_from

F = TypeVar("F", bound=Callable[..., None])


def where_the_data_is(command: F) -> F:
    """The options --data-dir and --database-url."""
    data_dir = click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder for the SQLite database and uploaded files; made if it is not there.  [default: data]",
    )
    database_url = click.option(
        "--database-url",
        metavar="URL",
        help="postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE.  [default: SQLite in the data folder]",
    )
    return data_dir(database_url(command))


@contextmanager
def refusals_told() -> Generator[None]:
    """Turn a refusal into a message on standard error and exit status 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal


def settings_with(**options: object) -> Settings:
    """The settings, where options of the command line win over environment and file. Raises Invalid."""
    given: Mapping[str, str] = {
        f"COMMANDPOST_{name.upper()}": str(value) for name, value in options.items() if value is not None
    }
    return settings_from({**os.environ, **given})
