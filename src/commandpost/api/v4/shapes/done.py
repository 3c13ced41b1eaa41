"""The answer of a deed that has nothing to show."""

import msgspec


class Done(msgspec.Struct, kw_only=True):
    """That it was done."""

    status: str = "OK"


DONE = Done()
