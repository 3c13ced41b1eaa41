"""Roles of a member, given as flags."""

import msgspec


class SchemeRolesBody(msgspec.Struct, kw_only=True):
    """Which roles a member of a team or channel is to have."""

    scheme_admin: bool
    scheme_user: bool
    scheme_guest: bool = False

    def names(self, kind: str) -> str:
        """The roles by name, space separated; `kind` is "team" or "channel"."""
        flags = (("user", self.scheme_user), ("admin", self.scheme_admin), ("guest", self.scheme_guest))
        return " ".join(f"{kind}_{role}" for role, is_set in flags if is_set)
