"""Every setting of the process, typed, read once: from the environment (COMMANDPOST_*) and an optional file.

Settings with a counterpart in Mattermost bear its name (COMMANDPOST_ENABLE_TESTING is
ServiceSettings.EnableTesting); those that an administrator may change while the server runs are only
the starting values of `workspace.model.config.Config`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from commandpost.kernel.errors import Invalid

PREFIX = "COMMANDPOST_"
FILE_VARIABLE = "COMMANDPOST_CONFIG_FILE"
SECRET_KEY_VARIABLE = "COMMANDPOST_SECRET_KEY"
SIGNERS_VARIABLE = "COMMANDPOST_ARCHIVE_SIGNERS"
SMTP_PASSWORD_VARIABLE = "COMMANDPOST_SMTP_PASSWORD"
OIDC_SECRET_VARIABLE = "COMMANDPOST_OIDC_CLIENT_SECRET"
MATTERMOST_TOKEN_VARIABLE = "COMMANDPOST_MATTERMOST_TOKEN"

_LOG_FORMATS = ("human", "json")
_LOG_LEVELS = ("debug", "info", "warning", "error")
_HIGHEST_PORT = 65535
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
MOST_REQUESTS = 500
"""Answered at once: the last of so many ordinary requests waits for about a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the process was started with."""

    host: str = "127.0.0.1"
    port: int = 8065
    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    archive_signers: str = ""
    log_format: str = "human"
    log_level: str = "info"
    access_log: bool = False
    most_requests: int = MOST_REQUESTS
    mattermost_url: str = ""
    mattermost_token: str = ""
    mattermost_own_url: str = ""
    environment: Mapping[str, str]

    @property
    def database(self) -> str:
        """The database's address: the one given, else a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'commandpost.db'}"


VARIABLES = {
    "COMMANDPOST_HOST": "The address to listen on (127.0.0.1).",
    "COMMANDPOST_PORT": "The port to listen on; 0 takes a free one (8065).",
    "COMMANDPOST_DATA_DIR": "Where the SQLite database and uploaded files are kept (data).",
    "COMMANDPOST_DATABASE_URL": "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME (SQLite in the data"
    " directory).",
    "COMMANDPOST_REDIS_URL": "redis://HOST:PORT of a Redis or Valkey that carries live events between nodes"
    " on one PostgreSQL (none: PostgreSQL carries them).",
    "COMMANDPOST_LOG_FORMAT": "human or json (human).",
    "COMMANDPOST_LOG_LEVEL": "debug, info, warning or error (info).",
    "COMMANDPOST_ACCESS_LOG": "Whether to log a line for every request (false).",
    "COMMANDPOST_MOST_REQUESTS": "How many requests are answered at once; more are refused with 503 (500).",
    SECRET_KEY_VARIABLE: "The key that encrypts secrets in the database; to change it, the new and the old"
    " one, separated by a blank (a key in the file secret.key of the data directory).",
    SIGNERS_VARIABLE: "Public keys of servers whose archives are known, separated by blanks (none but this"
    " server's own).",
    SMTP_PASSWORD_VARIABLE: "The password for the mail server; it is kept and shown nowhere (none).",
    OIDC_SECRET_VARIABLE: "The client's secret at the provider of OpenID Connect; kept and shown nowhere"
    " (none).",
    "COMMANDPOST_MATTERMOST_URL": "The address of a Mattermost server to attach to: its channels, people and"
    " posts are used, and the chat of Command Post is off (none: Command Post has its own chat).",
    MATTERMOST_TOKEN_VARIABLE: "The token of the bot there, as `commandpost attach` makes it (none).",
    "COMMANDPOST_MATTERMOST_OWN_URL": "Where Mattermost finds Command Post (at Mattermost's own address,"
    " below /plugins/com.mattermost.plugin-incident-management, where its reverse proxy sends that to us).",
    FILE_VARIABLE: "A TOML file with the same settings: names without COMMANDPOST_, in lower case.",
}
"""Every setting that only a restart changes, with its meaning and default."""


def number(environment: Mapping[str, str], name: str, default: int) -> int:
    """A whole number from the environment. Raises Invalid when it is something else."""
    text = environment.get(name, "")
    if not text:
        return default
    try:
        return int(text)
    except ValueError as cause:
        raise Invalid(f"{name} must be a whole number, not {text!r}.") from cause


def flag(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    """true or false from the environment. Raises Invalid when it is something else."""
    text = environment.get(name, "").strip().lower()
    if not text:
        return default
    if text not in ("true", "false", "1", "0"):
        raise Invalid(f"{name} must be true or false, not {text!r}.")
    return text in ("true", "1")


def one_of(environment: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of a few words from the environment, by default the first. Raises Invalid for another."""
    text = environment.get(name, "").strip().lower() or choices[0]
    if text not in choices:
        raise Invalid(f"{name} must be one of {', '.join(choices)}, not {text!r}.")
    return text


def with_file(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, completed by the settings file it names; where both speak, the environment wins.

    Raises Invalid when the file cannot be read or holds anything but plain values.
    """
    path = environment.get(FILE_VARIABLE, "")
    if not path:
        return dict(environment)
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise Invalid(f"The settings file {path} cannot be read: {cause}.") from cause
    return {
        **{PREFIX + name.upper(): _plain(path, name, value) for name, value in content.items()},
        **environment,
    }


def _plain(path: str, name: str, value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | str():
            return str(value)
        case _:
            raise Invalid(f"{name} in {path} must be a text, a whole number, true or false.")


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings from COMMANDPOST_* variables. Raises Invalid for values that cannot be used."""
    environment = with_file(environment)
    port = number(environment, "COMMANDPOST_PORT", 8065)
    if not 0 <= port <= _HIGHEST_PORT:
        raise Invalid(f"COMMANDPOST_PORT must lie between 0 and {_HIGHEST_PORT}, not be {port}.")
    most_requests = number(environment, "COMMANDPOST_MOST_REQUESTS", MOST_REQUESTS)
    if most_requests < 1:
        raise Invalid(f"COMMANDPOST_MOST_REQUESTS must be at least 1, not {most_requests}.")
    return Settings(
        host=environment.get("COMMANDPOST_HOST", "") or "127.0.0.1",
        port=port,
        data_dir=Path(environment.get("COMMANDPOST_DATA_DIR", "") or "data"),
        database_url=environment.get("COMMANDPOST_DATABASE_URL", ""),
        redis_url=environment.get("COMMANDPOST_REDIS_URL", ""),
        archive_signers=environment.get(SIGNERS_VARIABLE, ""),
        log_format=one_of(environment, "COMMANDPOST_LOG_FORMAT", _LOG_FORMATS),
        log_level=one_of(environment, "COMMANDPOST_LOG_LEVEL", ("info", *_LOG_LEVELS)),
        access_log=flag(environment, "COMMANDPOST_ACCESS_LOG", default=False),
        most_requests=most_requests,
        mattermost_url=_web_address(environment, "COMMANDPOST_MATTERMOST_URL"),
        mattermost_token=environment.get(MATTERMOST_TOKEN_VARIABLE, "").strip(),
        mattermost_own_url=_web_address(environment, "COMMANDPOST_MATTERMOST_OWN_URL"),
        environment=environment,
    )


def _web_address(environment: Mapping[str, str], name: str) -> str:
    """An address without a slash at its end; "" if there is none. Raises Invalid for anything else."""
    address = environment.get(name, "").strip().rstrip("/")
    if address and not _WEB_ADDRESS.fullmatch(address):
        raise Invalid(f"{name} must begin with http:// or https:// and name a host, not be {address!r}.")
    return address
