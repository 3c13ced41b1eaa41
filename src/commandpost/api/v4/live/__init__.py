"""The chat's facts as WebSocket events: one module for each matter, merged into one table."""

from commandpost.api.live import Translators
from commandpost.api.v4.live import accounts, channels, dialogs, presence

TRANSLATORS: Translators = {
    **accounts.TRANSLATORS,
    **presence.TRANSLATORS,
    **dialogs.TRANSLATORS,
    **channels.TRANSLATORS,
}
