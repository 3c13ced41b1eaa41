"""Settings that an administrator changed, the product's switch among them."""

from collections.abc import Sequence

from commandpost.api.live import Translators
from commandpost.api.v4.shapes.config import client_config
from commandpost.api.v4.shapes.plugins import MANIFEST
from commandpost.live.event import Frame
from commandpost.live.message import Message
from commandpost.workspace.events import ConfigChanged


def config_changed(fact: ConfigChanged) -> Sequence[Message]:
    """`config_changed`, to everybody; and what the product is now, if it was switched."""
    frames = [Frame.of("config_changed", {"config": client_config(fact.config)})]
    if fact.config.incidents_enabled != fact.before.incidents_enabled:
        event = "plugin_enabled" if fact.config.incidents_enabled else "plugin_disabled"
        frames.append(Frame.of(event, {"manifest": MANIFEST}))
    return frames


TRANSLATORS: Translators = {ConfigChanged: config_changed}
