"""An interactive dialog, and what somebody entered in it."""

from dataclasses import dataclass
from typing import Any

from commandpost.kernel.errors import Invalid


class DialogWithoutAddress(Invalid):
    """A dialog needs the url that it is submitted to."""

    code = "dialog.without_address"


class BadDialog(Invalid):
    """The dialog cannot be shown."""

    code = "dialog.bad"


_TYPES = frozenset({"text", "textarea", "select", "radio", "bool", "date", "datetime"})
_MOST_ELEMENTS = 100


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


def check(dialog: Dialog) -> None:
    """Refuse with BadDialog what no client can show, or no answer could be read from."""
    elements = dialog.elements or ()
    if not dialog.title.strip():
        raise BadDialog("The dialog has no title.")
    if len(elements) > _MOST_ELEMENTS:
        raise BadDialog(f"The dialog has more than {_MOST_ELEMENTS} elements.")
    names = [element.name for element in elements]
    if not all(names):
        raise BadDialog("An element of the dialog has no name.")
    if len(set(names)) < len(names):
        raise BadDialog("Two elements of the dialog have the same name.")
    for element in elements:
        if element.type not in _TYPES:
            raise BadDialog(f"The dialog has an element of the unknown type {element.type!r}.")
        if element.max_length and element.min_length > element.max_length:
            raise BadDialog(f"The least length of {element.name!r} is above the greatest.")


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
    """What is wrong with a submission: overall, and by the name of the element. Nothing: it is accepted.

    `type` and `form` are for clients that go on to a further form.
    """

    error: str = ""
    errors: dict[str, str]
    type: str = ""
    form: dict[str, Any] | None = None
