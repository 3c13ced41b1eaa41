"""The provider that the settings name: where its log-in page is, and whom its answers prove to be there."""

from typing import TYPE_CHECKING

from commandpost.kernel.clock import Millis
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.openid import Identity, Pending

if TYPE_CHECKING:
    from commandpost.workspace.openid.client import Client


class Provider:
    """Whoever signs people in. The client's secret is the environment's.

    The libraries that speak with it are loaded when it is first needed.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._client: Client | None = None

    async def address(self, config: Config, pending: Pending) -> str:
        """The log-in page to send a browser to. Raises ProviderAway."""
        return await self._speaking().address(config, pending)

    async def proved(self, config: Config, pending: Pending, code: str, *, now: Millis) -> Identity:
        """Who the code of an answer stands for. Raises ProviderAway, Unproven."""
        return await self._speaking().proved(config, pending, code, now=now)

    async def check(self, config: Config) -> None:
        """See that the provider answers and has keys. Raises ProviderAway."""
        await self._speaking().check(config)

    async def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            await self._client.close()

    def _speaking(self) -> "Client":
        if self._client is None:
            from commandpost.workspace.openid.client import Client  # noqa: PLC0415 -- 6 MB, not everybody's

            self._client = Client(self._secret)
        return self._client
