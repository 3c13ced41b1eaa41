"""The chat's facts as WebSocket events: one module for each matter, merged into one table."""

from commandpost.api.live import Translators
from commandpost.api.v4.live import accounts, channels, dialogs, posts, presence, settings, sidebar

TRANSLATORS: Translators = {
    **accounts.TRANSLATORS,
    **presence.TRANSLATORS,
    **channels.TRANSLATORS,
    **posts.TRANSLATORS,
    **dialogs.TRANSLATORS,
    **settings.TRANSLATORS,
    **sidebar.TRANSLATORS,
}
