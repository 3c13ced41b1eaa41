"""Every route of the application, and real things for their addresses to name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from commandpost.api.errors import V0_PREFIX
from commandpost.kernel.ids import new_id
from tests.support.incidents import Ops
from tests.support.people import Person

_PARAMETER = re.compile(r"\{(\w+)\}")
_FACES = ("/api/v4/", V0_PREFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation of the REST faces. `body` is the type it takes, None if it takes no JSON."""

    method: str
    template: str
    body: Any

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(_PARAMETER.findall(self.template))

    @property
    def is_v0(self) -> bool:
        return self.template.startswith(V0_PREFIX)

    def path(self, names: Mapping[str, str]) -> str:
        """The address with its parameters filled in."""
        return _PARAMETER.sub(lambda found: names[found[1]], self.template)

    def __str__(self) -> str:
        return f"{self.method} {self.template}"


def every_route(app: Litestar) -> Iterator[Route]:
    """Every operation of both faces."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path_format.startswith(_FACES):
            for method, (handler, _) in route.route_handler_map.items():
                if method != "OPTIONS":
                    field = handler.parsed_data_field
                    kind = (
                        None if field is None or "UploadFile" in str(field.annotation) else field.annotation
                    )
                    yield Route(method=method, template=route.path_format, body=kind)


class Names(dict[str, str]):
    """For each parameter of a path, one that names something real; unknown ids where nothing is known."""

    def __missing__(self, name: str) -> str:
        return new_id()


@pytest.fixture
async def names(ops: Ops, admin: Person) -> Names:
    """Real things: Ben, a team, its first channel with a post, a playbook, an ongoing incident."""
    channel = (await ops.ana.get(f"/teams/{ops.team.id}/channels/name/town-square")).json()
    post = (await ops.ana.post("/posts", {"channel_id": channel["id"], "message": "hello"})).json()
    incident = await ops.incident(ops.ben)
    return Names(
        user_id=ops.ben.id,
        username=ops.ben.username,
        email=f"{ops.ben.username}@example.com",
        team_id=ops.team.id,
        name=ops.team.name,
        channel_id=channel["id"],
        channel_name="town-square",
        post_id=post["id"],
        emoji_name="smile",
        playbook_id=incident["playbook_id"],
        incident_id=incident["id"],
        stage_position="0",
        task_position="0",
        integration_name="jira",
        plugin_id="com.mattermost.plugin-incident-management",
    )
