"""The chat's facts as WebSocket events: one module for each matter, merged into one table."""

from commandpost.api.live import Translators
from commandpost.api.v4.live import dialogs, posts, presence

TRANSLATORS: Translators = {
    **presence.TRANSLATORS,
    **posts.TRANSLATORS,
    **dialogs.TRANSLATORS,
}
