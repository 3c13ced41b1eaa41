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
    """A command; nobody's secrets are in it."""

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
    return CommandAnswerShape(
        response_type="ephemeral" if answer.text else "",
        text=answer.text,
        trigger_id=answer.trigger_id,
    )


def command_shape(command: Description, team_id: str) -> CommandShape:
    """A command as it is listed for a team."""
    return CommandShape(
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
