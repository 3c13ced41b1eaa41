"""An outgoing webhook: servers outside are told of posts that begin with certain words, and may answer."""

from dataclasses import dataclass
from enum import IntEnum

from commandpost.kernel.errors import Forbidden, Invalid, NotFound
from commandpost.workspace.model.web_address import LONGEST, is_web_address

_LONGEST_NAME = 64
_LONGEST_DESCRIPTION = 500
_LONGEST_CONTENT_TYPE = 128
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class TriggerWhen(IntEnum):
    """How a post's first word is compared with the trigger words, as on the wire."""

    IS_WORD = 0
    STARTS_WITH = 1


class UnknownOutgoingWebhook(NotFound):
    """This outgoing webhook does not exist."""

    code = "outgoing_webhook.unknown"


class BadOutgoingWebhook(Invalid):
    """That cannot be an outgoing webhook."""

    code = "outgoing_webhook.bad"


class BadTriggerWords(Invalid):
    """Invalid trigger words: none may be empty, and together they have up to 1024 characters."""

    code = "outgoing_webhook.trigger_words"


class BadCallbacks(Invalid):
    """Invalid callback URLs: 1 or more, each beginning with http:// or https://, up to 1024 characters."""

    code = "outgoing_webhook.callbacks"


class TriggersMissing(Invalid):
    """Either trigger words or a channel must be set."""

    code = "outgoing_webhook.triggers_missing"


class Intersecting(Invalid):
    """Outgoing webhooks of a channel need different callback URLs or different trigger words."""

    code = "outgoing_webhook.intersecting"


class ChannelNotOpen(Forbidden):
    """Outgoing webhooks can only be made for public channels."""

    code = "outgoing_webhook.channel_not_open"


class ChannelElsewhere(Forbidden):
    """The channel is not in that team."""

    code = "outgoing_webhook.channel_elsewhere"


class OutgoingTeamMismatch(Invalid):
    """A webhook stays in its team."""

    code = "outgoing_webhook.team_mismatch"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingWebhook:
    """The webhook. `channel_id` "" is every public channel; `sealed_token` is what it shows, encrypted."""

    id: str
    create_at: int
    update_at: int
    team_id: str
    creator_id: str
    sealed_token: str
    channel_id: str = ""
    trigger_words: tuple[str, ...] = ()
    trigger_when: TriggerWhen = TriggerWhen.IS_WORD
    callback_urls: tuple[str, ...] = ()
    display_name: str = ""
    description: str = ""
    content_type: str = ""
    username: str = ""
    icon_url: str = ""

    def triggered_by(self, channel_id: str, message: str) -> str | None:
        """The word by which a post triggers it, "" if every post there does; None if this one does not."""
        if self.channel_id not in ("", channel_id):
            return None
        if not self.trigger_words:
            return "" if self.channel_id else None
        words = message.split(maxsplit=1)
        first = words[0] if words else ""
        if self.trigger_when == TriggerWhen.IS_WORD:
            return first if first and first in self.trigger_words else None
        return next((word for word in self.trigger_words if first.startswith(word)), None)

    def intersects(self, other: "OutgoingWebhook") -> bool:
        """Whether both would tell the same address of the same post."""
        same_words = set(self.trigger_words) & set(other.trigger_words) or not (
            self.trigger_words or other.trigger_words
        )
        return (
            self.id != other.id
            and self.channel_id == other.channel_id
            and bool(set(self.callback_urls) & set(other.callback_urls))
            and bool(same_words)
        )


def trigger_when_of(number: int) -> TriggerWhen:
    """How words are compared, as on the wire. Raises BadOutgoingWebhook."""
    try:
        return TriggerWhen(number)
    except ValueError as cause:
        raise BadOutgoingWebhook("Invalid trigger: 0 (first word) or 1 (starts with).") from cause


def check(hook: OutgoingWebhook) -> None:
    """Refuse a webhook that cannot be.

    Raises BadTriggerWords, BadCallbacks, TriggersMissing, BadOutgoingWebhook.
    """
    if not all(hook.trigger_words) or sum(map(len, hook.trigger_words)) > LONGEST:
        raise BadTriggerWords
    urls = hook.callback_urls
    if not urls or sum(map(len, urls)) > LONGEST or not all(map(is_web_address, urls)):
        raise BadCallbacks
    if not hook.channel_id and not hook.trigger_words:
        raise TriggersMissing
    if max(len(hook.display_name), len(hook.username)) > _LONGEST_NAME:
        raise BadOutgoingWebhook("Invalid title or username: it may have up to 64 characters.")
    if len(hook.description) > _LONGEST_DESCRIPTION:
        raise BadOutgoingWebhook("Invalid description: it may have up to 500 characters.")
    if len(hook.content_type) > _LONGEST_CONTENT_TYPE or not hook.content_type.isprintable():
        raise BadOutgoingWebhook("Invalid content type: it may have up to 128 characters.")
    if len(hook.icon_url) > LONGEST:
        raise BadOutgoingWebhook("Invalid icon URL: it may have up to 1024 characters.")
