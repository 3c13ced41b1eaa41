"""`commandpost user`: accounts made and passwords reset from the shell, while a server runs or not."""

from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from pyotp.totp import TOTP
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from commandpost.cli import main
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Served, served, signed_up


@pytest.fixture
def home(sqlite_url: str) -> Path:
    """A data folder with a migrated, empty database."""
    return Path(sqlite_url.removeprefix("sqlite:///")).parent


def commandpost(data_dir: Path, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, [*arguments, "--data-dir", str(data_dir)], input=stdin)


def log_in(server: Served, username: str, password: str) -> httpx.Response:
    body = {"login_id": username, "password": password}
    return httpx.post(f"{server.url}/api/v4/users/login", json=body, timeout=PATIENCE_S, verify=NO_TLS)


def printed_password(result: Result) -> str:
    return result.output.split("Password: ")[1].strip()


def test_accounts_made_before_the_first_start_can_log_in(home: Path) -> None:
    first = commandpost(home, "user", "create", "ana", "--email", "ana@example.com")
    second = commandpost(
        home,
        "user",
        "create",
        "ben",
        "--email",
        "ben@example.com",
        "--password-stdin",
        stdin="Secret-of-ben\n",
    )

    with served(home) as server:
        ana = log_in(server, "ana", printed_password(first))
        ben = log_in(server, "ben", "Secret-of-ben")

    assert first.exit_code == second.exit_code == 0
    assert ana.json()["roles"] == "system_user system_admin"
    assert ben.json()["roles"] == "system_user"
    assert "Secret" not in second.output


def test_a_reset_password_works_at_once_and_ends_old_sessions_and_their_sockets(home: Path) -> None:
    with served(home) as server:
        ana = signed_up(server, "ana")
        bearer = {"Authorization": f"Bearer {ana.token}"}
        address = f"{server.url.replace('http', 'ws')}/api/v4/websocket"

        with connect(address, additional_headers=bearer, open_timeout=PATIENCE_S) as socket:
            result = commandpost(home, "user", "reset-password", "ana")
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    socket.recv(timeout=PATIENCE_S)
        old_session = httpx.get(
            f"{server.url}/api/v4/users/me", headers=bearer, timeout=PATIENCE_S, verify=NO_TLS
        )
        with_old, with_new = (log_in(server, "ana", p) for p in (ana.password, printed_password(result)))

    assert result.exit_code == 0
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 1008
    assert old_session.status_code == 401
    assert with_old.status_code == 401
    assert with_new.status_code == 200


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("user", "create", "ana", "--email", "other@example.com"), "username already exists"),
        (("user", "create", "9", "--email", "nine@example.com"), "begin with a letter"),
        (("user", "create", "ben", "--email", "no address"), "valid address"),
        (("user", "reset-password", "nobody"), "Unable to find"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    home: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    commandpost(home, "user", "create", "ana", "--email", "ana@example.com")

    result = commandpost(home, *arguments)

    assert result.exit_code == 1
    assert complaint in result.output
    assert "Traceback" not in result.output


def test_a_short_password_is_refused(home: Path) -> None:
    result = commandpost(
        home, "user", "create", "ana", "--email", "ana@example.com", "--password-stdin", stdin="short\n"
    )

    assert result.exit_code == 1
    assert "at least 8" in result.output


def test_a_lost_second_factor_is_switched_off(home: Path) -> None:
    with served(home) as server:
        ana = signed_up(server, "ana")
        with httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {ana.token}"}, timeout=PATIENCE_S
        ) as client:
            secret = client.post("/api/v4/users/me/mfa/generate").json()["secret"]
            on = {"activate": True, "code": TOTP(secret).now()}
            client.put("/api/v4/users/me/mfa", json=on).raise_for_status()
        body = {"login_id": "ana", "password": ana.password}
        refused = httpx.post(f"{server.url}/api/v4/users/login", json=body, timeout=PATIENCE_S, verify=NO_TLS)

        reset = commandpost(home, "user", "reset-mfa", "ana")

        assert refused.status_code == 400
        assert (reset.exit_code, "password alone" in reset.output) == (0, True)
        assert log_in(server, "ana", ana.password).status_code == 200
