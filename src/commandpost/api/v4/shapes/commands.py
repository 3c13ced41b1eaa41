"""Slash commands as v4 sends them. The keys of completion are capitalised: so clients expect them."""

from typing import Any

import msgspec

from commandpost.workspace.commands.completion import Suggestion
from commandpost.workspace.commands.registry import CommandAnswer
from commandpost.workspace.model.command import (
    Argument,
    Description,
    DynamicList,
    ListItem,
    Node,
    StaticList,
    TextArgument,
)
from commandpost.workspace.model.custom_command import CustomCommand
from commandpost.workspace.model.post import without_integrations
from commandpost.workspace.model.said import Said


class CommandAnswerShape(msgspec.Struct, kw_only=True):
    """What a command answered; the server has done what it says already."""

    response_type: str = ""
    text: str = ""
    username: str = ""
    channel_id: str = ""
    icon_url: str = ""
    type: str = ""
    props: dict[str, Any] | None = None
    goto_location: str = ""
    trigger_id: str = ""
    skip_slack_parsing: bool = False
    attachments: list[dict[str, Any]] | None = None
    extra_responses: list[dict[str, Any]] | None = None


class CommandShape(msgspec.Struct, kw_only=True):
    """A command. Token and address are filled in for those alone who manage it."""

    id: str = ""
    token: str = ""
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    creator_id: str = ""
    team_id: str = ""
    trigger: str
    method: str = ""
    username: str = ""
    icon_url: str = ""
    auto_complete: bool = True
    auto_complete_desc: str
    auto_complete_hint: str
    display_name: str
    description: str
    url: str = ""
    plugin_id: str = ""
    autocomplete_data: dict[str, Any] | None = None


class SuggestionShape(msgspec.Struct, kw_only=True, rename="pascal"):
    """One way to go on typing."""

    complete: str
    suggestion: str
    hint: str
    description: str
    icon_data: str = ""


def answer_shape(answer: CommandAnswer) -> CommandAnswerShape:
    """What a command gave, as it goes out."""
    if answer.said is not None:
        return _said_shape(answer.said, trigger_id=answer.trigger_id)
    return CommandAnswerShape(
        response_type="ephemeral" if answer.text else "",
        text=answer.text,
        trigger_id=answer.trigger_id,
    )


def _said_shape(said: Said, *, trigger_id: str = "") -> CommandAnswerShape:
    props = {"attachments": list(said.attachments)} if said.attachments else {}
    shown = without_integrations({**said.props, **props})
    return CommandAnswerShape(
        response_type=said.response_type,
        text=said.text,
        username=said.username,
        channel_id=said.channel_id,
        icon_url=said.icon_url,
        type=said.type,
        props={name: value for name, value in shown.items() if name != "attachments"} or None,
        goto_location=said.goto_location,
        trigger_id=trigger_id,
        skip_slack_parsing=said.skip_slack_parsing,
        attachments=shown.get("attachments"),
        extra_responses=[msgspec.to_builtins(_said_shape(one)) for one in said.more] or None,
    )


def custom_shape(command: CustomCommand, token: str) -> CommandShape:
    """A team's own command, as those see it who manage it."""
    return CommandShape(
        id=command.id,
        token=token,
        create_at=command.create_at,
        update_at=command.update_at,
        creator_id=command.creator_id,
        team_id=command.team_id,
        trigger=command.trigger,
        method=command.method.value,
        username=command.username,
        icon_url=command.icon_url,
        auto_complete=command.auto_complete,
        auto_complete_desc=command.auto_complete_desc,
        auto_complete_hint=command.auto_complete_hint,
        display_name=command.display_name,
        description=command.description,
        url=command.url,
    )


def command_shape(command: Description, team_id: str) -> CommandShape:
    """A command as it is listed for a team."""
    return CommandShape(
        id=command.id,
        team_id=team_id,
        trigger=command.trigger,
        auto_complete_desc=command.help_text,
        auto_complete_hint=command.hint,
        display_name=command.display_name,
        description=command.description,
        autocomplete_data=None if command.tree is None else _node(command.tree),
    )


def suggestion_shape(suggestion: Suggestion) -> SuggestionShape:
    """A suggestion as it goes out."""
    return SuggestionShape(
        complete=suggestion.complete,
        suggestion=suggestion.suggestion,
        hint=suggestion.hint,
        description=suggestion.description,
    )


def _node(node: Node) -> dict[str, Any]:
    return {
        "Trigger": node.trigger,
        "Hint": node.hint,
        "HelpText": node.help_text,
        "RoleID": node.role_id,
        "Arguments": [_argument(argument) for argument in node.arguments],
        "SubCommands": [_node(sub) for sub in node.sub_commands],
    }


def _argument(argument: Argument) -> dict[str, Any]:
    match argument:
        case TextArgument():
            type_, content = "TextInput", {"Hint": argument.hint, "Pattern": ""}
        case StaticList():
            type_, content = "StaticList", {"PossibleArguments": [_item(one) for one in argument.items]}
        case DynamicList():
            type_, content = "DynamicList", {"FetchURL": argument.fetch_url}
    return {
        "Name": "",
        "HelpText": argument.help_text,
        "Type": type_,
        "Required": argument.is_required,
        "Data": content,
    }


def _item(item: ListItem) -> dict[str, str]:
    return {"Item": item.item, "Hint": item.hint, "HelpText": item.help_text}
