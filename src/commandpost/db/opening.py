"""A unit of work, entered as what somebody makes of it.

Every request enters some. A generator under `asynccontextmanager` for each layer costs it more than finding a
connection does.
"""

import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Generic, TypeVar

_Inner = TypeVar("_Inner")
_Made = TypeVar("_Made")


class Opening(AbstractAsyncContextManager[_Made], Generic[_Inner, _Made]):
    """What `make` makes of what is entered; left as that is left."""

    __slots__ = ("_entered", "_make")

    def __init__(self, entered: AbstractAsyncContextManager[_Inner], make: Callable[[_Inner], _Made]) -> None:
        self._entered = entered
        self._make = make

    async def __aenter__(self) -> _Made:
        inner = await self._entered.__aenter__()
        try:
            return self._make(inner)
        except BaseException:
            await self._entered.__aexit__(*sys.exc_info())
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return await self._entered.__aexit__(kind, cause, trace)
