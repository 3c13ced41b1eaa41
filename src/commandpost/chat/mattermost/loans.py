"""Sessions that requests brought, lent for what they want posted: in memory alone, and not for long."""

import time
from collections import OrderedDict
from collections.abc import Callable

_LENT_S = 60.0


class Loans:
    """For an errand, the token of its author. `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lent: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def lend(self, errand_id: str, token: str) -> None:
        """Let an errand be done with this token, for a minute."""
        self._forget_old()
        self._lent[errand_id] = (token, self._monotonic() + _LENT_S)

    def token(self, errand_id: str) -> str:
        """The token for an errand; "" if it has none, or none any more."""
        self._forget_old()
        return self._lent.get(errand_id, ("", 0.0))[0]

    def give_back(self, errand_id: str) -> None:
        self._lent.pop(errand_id, None)

    def _forget_old(self) -> None:
        while self._lent and next(iter(self._lent.values()))[1] <= self._monotonic():
            self._lent.popitem(last=False)
