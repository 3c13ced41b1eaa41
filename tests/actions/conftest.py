"""The room that the tests of the core's actions play in."""

from tests.actions.room import room

__all__ = ["room"]
