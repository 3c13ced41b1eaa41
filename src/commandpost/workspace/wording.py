"""Every sentence the chat itself posts into channels, with the post type and props that clients read."""

from dataclasses import dataclass, field

SENDER = "System"
"""Who speaks in system posts, whoever's deed they tell of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemMessage:
    """What a system post says; clients with their own words for its `type` show those, from its `props`."""

    type: str
    message: str
    props: dict[str, str] = field(default_factory=dict[str, str])


def joined_channel(username: str, *, guest: bool) -> SystemMessage:
    if guest:
        return SystemMessage(
            type="system_guest_join_channel",
            message=f"{username} joined the channel as guest.",
            props={"username": username},
        )
    return SystemMessage(
        type="system_join_channel",
        message=f"{username} joined the channel.",
        props={"username": username},
    )


def added_to_channel(added_id: str, added: str, *, by_id: str, by: str, guest: bool) -> SystemMessage:
    """`added` and `by` are usernames."""
    props = {"addedUserId": added_id, "addedUsername": added, "userId": by_id, "username": by}
    if guest:
        return SystemMessage(
            type="system_add_guest_to_chan",
            message=f"{added} added to the channel as guest by {by}.",
            props=props,
        )
    return SystemMessage(
        type="system_add_to_channel", message=f"{added} added to the channel by {by}.", props=props
    )


def left_channel(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_leave_channel", message=f"{username} left the channel.", props={"username": username}
    )


def removed_from_channel(removed_id: str, removed: str) -> SystemMessage:
    return SystemMessage(
        type="system_remove_from_channel",
        message=f"{removed} removed from the channel.",
        props={"removedUserId": removed_id, "removedUsername": removed},
    )


def joined_team(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_join_team", message=f"{username} joined the team.", props={"username": username}
    )


def added_to_team(added_id: str, added: str, *, by_id: str, by: str) -> SystemMessage:
    """`added` and `by` are usernames."""
    return SystemMessage(
        type="system_add_to_team",
        message=f"{added} added to the team by {by}.",
        props={"addedUserId": added_id, "addedUsername": added, "userId": by_id, "username": by},
    )


def left_team(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_leave_team", message=f"{username} left the team.", props={"username": username}
    )


def removed_from_team(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_remove_from_team",
        message=f"{username} removed from the team.",
        props={"username": username},
    )


def renamed(username: str, old: str, new: str) -> SystemMessage:
    return SystemMessage(
        type="system_displayname_change",
        message=f"{username} updated the channel display name from: {old} to: {new}",
        props={"username": username, "old_displayname": old, "new_displayname": new},
    )


def header_changed(username: str, old: str, new: str) -> SystemMessage:
    return SystemMessage(
        type="system_header_change",
        message=_changed(username, "header", old, new),
        props={"username": username, "old_header": old, "new_header": new},
    )


def purpose_changed(username: str, old: str, new: str) -> SystemMessage:
    return SystemMessage(
        type="system_purpose_change",
        message=_changed(username, "purpose", old, new),
        props={"username": username, "old_purpose": old, "new_purpose": new},
    )


def made_private(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_change_chan_privacy",
        message="This channel has been converted to a Private Channel.",
        props={"username": username},
    )


def made_public(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_change_chan_privacy",
        message=("This channel has been converted to a Public Channel and can be joined by any team member."),
        props={"username": username},
    )


def archived(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_channel_deleted",
        message=f"{username} archived the channel.",
        props={"username": username},
    )


def restored(username: str) -> SystemMessage:
    return SystemMessage(
        type="system_channel_restored",
        message=f"{username} unarchived the channel.",
        props={"username": username},
    )


def _changed(username: str, what: str, old: str, new: str) -> str:
    if not new:
        return f"{username} removed the channel {what} (was: {old})"
    if not old:
        return f"{username} updated the channel {what} to: {new}"
    return f"{username} updated the channel {what} from: {old} to: {new}"
