"""An interactive dialog, and what somebody entered in it."""

from dataclasses import dataclass
from typing import Any

from commandpost.kernel.errors import Invalid


class DialogWithoutAddress(Invalid):
    """A dialog needs the url that it is submitted to."""

    code = "dialog.without_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogOption:
    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogElement:
    """A field: `type` is text, textarea, select, radio or bool; lengths of 0 are the client's own limits.

    `options` is None for a field that has none to choose from.
    """

    display_name: str
    name: str
    type: str
    subtype: str = ""
    default: str = ""
    placeholder: str = ""
    help_text: str = ""
    optional: bool = False
    min_length: int = 0
    max_length: int = 0
    data_source: str = ""
    options: tuple[DialogOption, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A dialog to be shown; without elements it only asks for confirmation."""

    callback_id: str = ""
    title: str = ""
    introduction_text: str = ""
    icon_url: str = ""
    elements: tuple[DialogElement, ...] | None = None
    submit_label: str = ""
    notify_on_cancel: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A dialog sent in, or cancelled, at `url`. `values` are by the names of the elements."""

    url: str
    callback_id: str
    state: str
    channel_id: str
    team_id: str
    values: dict[str, Any]
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionAnswer:
    """What is wrong with a submission: overall, and by the name of the element. Nothing: it is accepted."""

    error: str = ""
    errors: dict[str, str]
