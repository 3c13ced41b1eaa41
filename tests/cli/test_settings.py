"""Where settings come from: options, environment, file, in this order."""

from pathlib import Path

import pytest

from commandpost.kernel.errors import Invalid
from commandpost.settings import settings_from
from commandpost.workspace.model.config import config_from


def test_without_anything_the_server_keeps_to_this_machine_and_to_sqlite() -> None:
    settings = settings_from({})

    assert (settings.host, settings.port) == ("127.0.0.1", 8065)
    assert settings.database == "sqlite:///data/commandpost.db"


def test_the_file_speaks_where_the_environment_is_silent(tmp_path: Path) -> None:
    file = tmp_path / "commandpost.toml"
    file.write_text(
        'port = 1234\nsite_name = "From the file"\nenable_testing = true\nmax_users_per_team = 9\n'
    )

    settings = settings_from({"COMMANDPOST_CONFIG_FILE": str(file), "COMMANDPOST_PORT": "4321"})
    config = config_from(settings.environment)

    assert settings.port == 4321
    assert config.site_name == "From the file"
    assert config.enable_testing is True
    assert config.max_users_per_team == 9


@pytest.mark.parametrize("content", ["port = [1]", "port = 1.5", "port =", "[server]\nport = 1"])
def test_a_file_with_anything_but_plain_values_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "commandpost.toml"
    file.write_text(content)

    with pytest.raises(Invalid):
        settings_from({"COMMANDPOST_CONFIG_FILE": str(file)})
