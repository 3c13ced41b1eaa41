"""What `commandpost attach` and `detach` tell as they go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was done, or is missing. `bot_token` is told once, when it is made."""

    said: str
    is_trouble: bool = False
    bot_token: str = ""
