"""What the chat needs of those who stand behind commands, buttons and dialogs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from commandpost.kernel.errors import Invalid
from commandpost.workspace.model.who import Who


class IntegrationFailed(Invalid):
    """The integration behind this did not answer as it should."""

    code = "integration.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationAnswer:
    """What an integration said, not yet understood."""

    status: int
    body: bytes


class Integrations(Protocol):
    """Where integrations are reached by their address: within this server, called as the one who acts."""

    async def post(self, who: Who, url: str, body: Mapping[str, Any]) -> IntegrationAnswer:
        """Send a JSON object. Raises IntegrationFailed when the address cannot be called."""
        ...

    async def get(self, who: Who, url: str, query: Mapping[str, str]) -> IntegrationAnswer:
        """Ask. Raises IntegrationFailed when the address cannot be called."""
        ...
