"""Every route of the application, with addresses that name real things."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Litestar
from litestar.routes import HTTPRoute

from commandpost.api.errors import V0_PREFIX

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
