"""One served workspace for the tests of a module, with an administrator, a colleague and a team."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served, served, signed_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """What the clients meet."""

    server: Served
    ana: Login
    ben: Login
    team: dict[str, Any]

    def as_(self, person: Login) -> httpx.Client:
        """A plain HTTP client, signed in."""
        headers = {"Authorization": f"Bearer {person.token}"}
        return httpx.Client(base_url=self.server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with served(tmp_path_factory.mktemp("served")) as server:
        ana = signed_up(server, "ana")
        ben = signed_up(server, "ben", by=ana.token)
        with httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {ana.token}"}, timeout=PATIENCE_S
        ) as client:
            body = {"name": "ops", "display_name": "Ops", "type": "O"}
            team = client.post("/api/v4/teams", json=body).raise_for_status().json()
            member = {"team_id": team["id"], "user_id": ben.id}
            client.post(f"/api/v4/teams/{team['id']}/members", json=member).raise_for_status()
        yield Workspace(server=server, ana=ana, ben=ben, team=team)
        assert "Traceback" not in server.log
