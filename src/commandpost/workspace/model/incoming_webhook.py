"""An incoming webhook: an address at which a program posts in a channel, in the name of its owner."""

from dataclasses import dataclass

from commandpost.kernel.errors import Forbidden, Invalid, NotFound

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 500
LONGEST_ICON = 1024


class UnknownIncomingWebhook(NotFound):
    """This incoming webhook does not exist."""

    code = "incoming_webhook.unknown"


class DeadIncomingWebhook(Invalid):
    """Invalid webhook."""

    code = "incoming_webhook.invalid"


class BadWebhookName(Invalid):
    """Invalid title: it may have up to 64 characters."""

    code = "incoming_webhook.display_name"


class BadWebhookDescription(Invalid):
    """Invalid description: it may have up to 500 characters."""

    code = "incoming_webhook.description"


class BadWebhookUsername(Invalid):
    """Invalid username: it may have up to 64 characters."""

    code = "incoming_webhook.username"


class BadWebhookIcon(Invalid):
    """Invalid icon URL: it may have up to 1024 characters."""

    code = "incoming_webhook.icon_url"


class OtherTeamsChannel(Invalid):
    """The channel belongs to another team."""

    code = "incoming_webhook.team_mismatch"


class NothingToPost(Invalid):
    """No text specified."""

    code = "incoming_webhook.no_text"


class NoSuchPerson(Invalid):
    """Could not find the user."""

    code = "incoming_webhook.no_user"


class NoSuchChannel(NotFound):
    """Could not find the channel."""

    code = "incoming_webhook.no_channel"


class ChannelLocked(Forbidden):
    """This webhook is not permitted to post to the requested channel."""

    code = "incoming_webhook.locked"


class ChannelNotAllowed(Forbidden):
    """Inappropriate channel permissions."""

    code = "incoming_webhook.channel_not_allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingWebhook:
    """The webhook. Its `id` is a secret: who knows it may post."""

    id: str
    create_at: int
    update_at: int
    team_id: str
    channel_id: str
    user_id: str
    display_name: str = ""
    description: str = ""
    username: str = ""
    icon_url: str = ""
    channel_locked: bool = False


def check(hook: IncomingWebhook) -> None:
    """Refuse a webhook that cannot be.

    Raises BadWebhookName, BadWebhookDescription, BadWebhookUsername, BadWebhookIcon.
    """
    if len(hook.display_name) > LONGEST_NAME:
        raise BadWebhookName
    if len(hook.description) > LONGEST_DESCRIPTION:
        raise BadWebhookDescription
    if len(hook.username) > LONGEST_NAME:
        raise BadWebhookUsername
    if len(hook.icon_url) > LONGEST_ICON:
        raise BadWebhookIcon
