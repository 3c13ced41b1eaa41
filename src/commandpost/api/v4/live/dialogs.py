"""Dialogs that open in front of somebody."""

from collections.abc import Sequence

import msgspec

from commandpost.api.live import Translators
from commandpost.api.v4.shapes.dialogs import OpenDialogShape, dialog_shape
from commandpost.live.event import Audience, Frame
from commandpost.live.message import Message
from commandpost.workspace.events import DialogOpened


def dialog_opened(fact: DialogOpened) -> Sequence[Message]:
    """`open_dialog`, to the one whose deed asked for it."""
    shape = OpenDialogShape(trigger_id=fact.trigger_id, url=fact.url, dialog=dialog_shape(fact.dialog))
    wire = {"dialog": msgspec.json.encode(shape).decode()}
    return [Frame.of("open_dialog", wire, Audience(user_id=fact.user_id))]


TRANSLATORS: Translators = {DialogOpened: dialog_opened}
