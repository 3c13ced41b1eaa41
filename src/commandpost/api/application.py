"""What every application is made of: who calls, what bodies may be, how errors are told."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from litestar import Litestar
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from commandpost.api.call import ApiRequest, public_call, signed_in_call
from commandpost.api.docs.routes import openapi_config
from commandpost.api.errors import answer
from commandpost.api.identity import Identify

_MAX_BODY_BYTES = 4_000_000


def application(
    routes: Sequence[ControllerRouterHandler],
    lifespan: Callable[[Litestar], AbstractAsyncContextManager[Any]],
) -> Litestar:
    """An application of these routes, not yet joined to rooms: these go into its `state`."""
    return Litestar(
        route_handlers=routes,
        dependencies={
            "call": Provide(signed_in_call, sync_to_thread=False),
            "public": Provide(public_call, sync_to_thread=False),
        },
        exception_handlers={Exception: answer},
        middleware=[Identify],
        request_class=ApiRequest,
        request_max_body_size=_MAX_BODY_BYTES,
        lifespan=[lifespan],
        openapi_config=openapi_config(),
        logging_config=None,
    )
