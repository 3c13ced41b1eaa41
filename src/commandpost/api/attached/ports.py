"""What the doors need of the chat that is attached."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from commandpost.incidents.ports import Desks
from commandpost.kernel.clock import Millis


class Guest(Protocol):
    """Who makes a request. `confirmed_at`: since when their rights are known, if they cannot be confirmed."""

    @property
    def user_id(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def is_bot(self) -> bool: ...
    @property
    def timezone(self) -> str: ...
    @property
    def token(self) -> str: ...


class Talk(Protocol):
    """What is asked and done for one request, across the attempts that it takes.

    With `is_command`, `said` is what only the caller of a command is told; `dialog` is what they are
    to be shown.
    """

    confirmed_at: Millis | None
    is_command: bool
    said: list[Any]
    dialog: Any

    @property
    def wants_more(self) -> bool:
        """Whether the attempt has come to nothing, for the chat has to be asked first."""
        ...

    def begin(self) -> None:
        """A new attempt."""
        ...

    async def settle(self) -> None:
        """Ask what is to be asked. Raises a refusal that is the request's answer."""
        ...


class Reception(Protocol):
    """Where a request is received. `answer_within_s`: how long a hook may take."""

    answer_within_s: float

    async def by_session(self, token: str) -> Guest | None: ...

    async def by_hook(self, user_id: str, channel_id: str, token: str = "") -> Guest | None: ...

    async def groups(self, user_id: str, token: str) -> tuple[Sequence[str], Sequence[str]]: ...

    def conversation(self, guest: Any, *, is_command: bool = False) -> AbstractContextManager[Any]: ...

    def under_way(self) -> Talk | None:
        """The conversation in which the request at hand is answered."""
        ...

    async def see_done(self, talk: Any) -> None: ...

    async def end(self, talk: Any) -> None: ...

    @property
    def desks(self) -> Desks: ...

    async def is_command_token(self, token: str) -> bool: ...

    def dialog_of_state(self, told: str, *, user_id: str) -> tuple[str, str] | None: ...

    def is_button(self, path: str, seal: str) -> bool: ...

    def said(self, talk: Any) -> dict[str, Any]: ...

    async def tell_later(
        self, user_id: str, channel_id: str, said: dict[str, Any], response_url: str
    ) -> None: ...

    async def open_dialog(self, talk: Any) -> bool: ...


class Entered(Protocol):
    """Somebody is signed in at an address of our own: what their browser keeps, and where they go on."""

    @property
    def kept(self) -> str: ...
    @property
    def for_s(self) -> int: ...
    @property
    def redirect_to(self) -> str: ...
    @property
    def is_secure(self) -> bool: ...


class Entrance(Protocol):
    """Where members come in at an address of our own."""

    async def begin(self, redirect_to: str) -> tuple[str, str, bool]: ...

    async def complete(self, *, kept: str, state: str, code: str) -> Entered: ...

    async def leave(self, token: str) -> None: ...


class PassingOn(Protocol):
    """What is asked of the chat as the member who asks."""

    async def passed_on(
        self, method: str, path: str, query: dict[str, str], body: bytes
    ) -> tuple[int, str, bytes]: ...
