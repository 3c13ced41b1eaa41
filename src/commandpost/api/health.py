"""Routes for whoever watches the server: is it alive, is it ready, how is it doing. No session needed."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import MediaType, Response, get
from litestar.datastructures import State

from commandpost.api.metrics import CONTENT_TYPE
from commandpost.kernel.errors import Refusal

Readiness = Callable[[], Awaitable[str | None]]
"""Returns when the server can do its work, with what is amiss all the same; raises what is missing."""


class Health(msgspec.Struct, kw_only=True):
    """`status` is OK or UNAVAILABLE; `reason` says why, or what is amiss all the same."""

    status: str
    reason: str = ""


@get("/healthz", tags=["Operation"])
async def public_healthz() -> Health:
    """Tell that the process answers."""
    return Health(status="OK")


@get("/readyz", tags=["Operation"])
async def public_readyz(state: State) -> Response[Health]:
    """Tell whether the server can do its work: its database answers and is migrated."""
    try:
        amiss = await state.readiness()
    except Refusal as refusal:
        return Response(Health(status="UNAVAILABLE", reason=refusal.message), status_code=503)
    return Response(Health(status="OK", reason=amiss or ""))


@get("/metrics", media_type=MediaType.TEXT, tags=["Operation"])
async def public_metrics(state: State) -> Response[Any]:
    """Figures in Prometheus' text format."""
    return Response(state.metrics.text(), headers={"Content-Type": CONTENT_TYPE})


ROUTES = (public_healthz, public_readyz, public_metrics)
