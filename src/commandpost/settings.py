"""Every setting of the process, typed, read once: from the environment (COMMANDPOST_*).

Settings with a counterpart in Mattermost bear its name (COMMANDPOST_ENABLE_TESTING is
ServiceSettings.EnableTesting); those that an administrator may change while the server runs are only
the starting values of `workspace.model.config.Config`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from commandpost.kernel.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the process was started with."""

    host: str = "127.0.0.1"
    port: int = 8065
    data_dir: Path = Path("data")
    database_url: str = ""
    log_format: str = "human"
    environment: Mapping[str, str]

    @property
    def database(self) -> str:
        """The database's address: the one given, else a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'commandpost.db'}"


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


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings from COMMANDPOST_* variables. Raises Invalid for values that cannot be used."""
    return Settings(
        host=environment.get("COMMANDPOST_HOST", "") or "127.0.0.1",
        port=number(environment, "COMMANDPOST_PORT", 8065),
        data_dir=Path(environment.get("COMMANDPOST_DATA_DIR", "") or "data"),
        database_url=environment.get("COMMANDPOST_DATABASE_URL", ""),
        log_format=environment.get("COMMANDPOST_LOG_FORMAT", "") or "human",
        environment=dict(environment),
    )
