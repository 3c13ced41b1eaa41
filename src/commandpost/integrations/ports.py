"""What integrations need of the rooms around them."""

from collections.abc import Mapping
from typing import Protocol


class OutsideAnswer(Protocol):
    """What another server said: status, headers (names in lower case) and the whole body."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def body(self) -> bytes: ...


class WayOut(Protocol):
    """The guarded way to other servers: only to allowed addresses, never without bound."""

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        timeout_s: float = ...,
    ) -> OutsideAnswer:
        """Make a call and wait for the whole answer, whatever its status.

        Raises kernel.errors.Upstream, whose code is outbound.address_not_allowed, outbound.too_slow,
        outbound.answer_too_large or outbound.no_answer.
        """
        ...
