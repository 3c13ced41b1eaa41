"""Dialogs as v4 takes and sends them: every field always there, and `options` a list where one chooses."""

import msgspec

from commandpost.workspace.model.dialog import Dialog, DialogElement, DialogOption

_CHOSEN_FROM = ("select", "radio")


class OptionShape(msgspec.Struct, kw_only=True):
    """One of the options of a field."""

    text: str = ""
    value: str = ""


class ElementShape(msgspec.Struct, kw_only=True):
    """A field of a dialog."""

    display_name: str = ""
    name: str = ""
    type: str = ""
    subtype: str | None = ""
    default: str | None = ""
    placeholder: str | None = ""
    help_text: str | None = ""
    optional: bool | None = False
    min_length: int | None = 0
    max_length: int | None = 0
    data_source: str | None = ""
    options: list[OptionShape] | None = None


class DialogShape(msgspec.Struct, kw_only=True):
    """A dialog; `elements` is null if it only asks for confirmation."""

    callback_id: str | None = ""
    title: str | None = ""
    introduction_text: str | None = ""
    icon_url: str | None = ""
    elements: list[ElementShape] | None = None
    submit_label: str | None = ""
    notify_on_cancel: bool | None = False
    state: str | None = ""

    def dialog(self) -> Dialog:
        """The dialog that was sent in."""
        elements = None if self.elements is None else tuple(_element(one) for one in self.elements)
        return Dialog(
            callback_id=self.callback_id or "",
            title=self.title or "",
            introduction_text=self.introduction_text or "",
            icon_url=self.icon_url or "",
            elements=elements,
            submit_label=self.submit_label or "",
            notify_on_cancel=self.notify_on_cancel or False,
            state=self.state or "",
        )


class OpenDialogShape(msgspec.Struct, kw_only=True):
    """A dialog with what it answers to: the body of the request that opens it, and of the event."""

    trigger_id: str = ""
    url: str = ""
    dialog: DialogShape


def dialog_shape(dialog: Dialog) -> DialogShape:
    """A dialog as it goes out."""
    elements = None if dialog.elements is None else [_element_shape(one) for one in dialog.elements]
    return DialogShape(
        callback_id=dialog.callback_id,
        title=dialog.title,
        introduction_text=dialog.introduction_text,
        icon_url=dialog.icon_url,
        elements=elements,
        submit_label=dialog.submit_label,
        notify_on_cancel=dialog.notify_on_cancel,
        state=dialog.state,
    )


def _element(shape: ElementShape) -> DialogElement:
    options = None
    if shape.options is not None:
        options = tuple(DialogOption(text=one.text, value=one.value) for one in shape.options)
    return DialogElement(
        display_name=shape.display_name,
        name=shape.name,
        type=shape.type,
        subtype=shape.subtype or "",
        default=shape.default or "",
        placeholder=shape.placeholder or "",
        help_text=shape.help_text or "",
        optional=shape.optional or False,
        min_length=shape.min_length or 0,
        max_length=shape.max_length or 0,
        data_source=shape.data_source or "",
        options=options,
    )


def _element_shape(element: DialogElement) -> ElementShape:
    options = None
    if element.options is not None:
        options = [OptionShape(text=one.text, value=one.value) for one in element.options]
    elif element.type in _CHOSEN_FROM:
        options = []
    return ElementShape(
        display_name=element.display_name,
        name=element.name,
        type=element.type,
        subtype=element.subtype,
        default=element.default,
        placeholder=element.placeholder,
        help_text=element.help_text,
        optional=element.optional,
        min_length=element.min_length,
        max_length=element.max_length,
        data_source=element.data_source,
        options=options,
    )
