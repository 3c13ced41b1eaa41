"""The Mattermost server that settings attach to."""

from commandpost.attached import Attachment
from commandpost.kernel.errors import Invalid
from commandpost.settings import Settings


def attachment_of(settings: Settings) -> Attachment | None:
    """None if there is none. Raises Invalid without a token for it."""
    if not settings.mattermost_url:
        return None
    if not settings.mattermost_token:
        raise Invalid(
            "A token of the bot is needed to attach to Mattermost: `commandpost attach` makes one; give it in"
            " COMMANDPOST_MATTERMOST_TOKEN."
        )
    return Attachment(
        url=settings.mattermost_url, token=settings.mattermost_token, own_url=settings.mattermost_own_url
    )
