"""Integrations and their settings as v0 sends them: secrets only as a mask."""

import msgspec

from commandpost.integrations.actions.settings import Health
from commandpost.integrations.interface import Command, Kind, Setting, SubCommand
from commandpost.integrations.toolbox import Present
from commandpost.integrations.values import MASK, variable


class SettingShape(msgspec.Struct, kw_only=True):
    """A setting with its value in force. `kind` is text, address, secret or choice.

    `source` is administrator, environment or default. A secret that is set shows as a mask.
    """

    name: str
    label: str
    help: str
    kind: str
    is_required: bool
    choices: list[str]
    default: str
    variable: str
    value: str
    source: str


class SubCommandShape(msgspec.Struct, kw_only=True):
    """`/command name hint`."""

    name: str
    hint: str
    help: str


class CommandShape(msgspec.Struct, kw_only=True):
    """A slash command that an integration answers."""

    trigger: str
    help: str
    sub_commands: list[SubCommandShape]


class IntegrationShape(msgspec.Struct, kw_only=True):
    """An integration. It works once it is set up: nothing is missing, and what is kept is readable.

    `update_at` is 0 and `updated_by` empty while nobody has set anything over the API.
    """

    name: str
    title: str
    help: str
    is_set_up: bool
    is_readable: bool
    missing: list[str]
    settings: list[SettingShape]
    commands: list[CommandShape]
    update_at: int
    updated_by: str


class SettingsBody(msgspec.Struct, kw_only=True):
    """Values by name, in place of those set before; a secret's mask means: as it is."""

    settings: dict[str, str]


class HealthShape(msgspec.Struct, kw_only=True):
    """How a trial ended: `ok`, or why not; the message says what was found or what to do."""

    outcome: str
    message: str
    took_ms: int


def integration_shape(present: Present) -> IntegrationShape:
    """An integration as it goes out."""
    integration = present.integration
    return IntegrationShape(
        name=integration.name,
        title=integration.title,
        help=integration.help,
        is_set_up=present.is_set_up,
        is_readable=present.is_readable,
        missing=list(present.values.missing),
        settings=[_setting(present, setting) for setting in integration.settings],
        commands=[_command(command) for command in integration.commands],
        update_at=present.update_at,
        updated_by=present.updated_by,
    )


def health_shape(health: Health) -> HealthShape:
    """The end of a trial as it goes out."""
    return HealthShape(outcome=health.outcome, message=health.message, took_ms=health.took_ms)


def _setting(present: Present, setting: Setting) -> SettingShape:
    value = present.values.by_name[setting.name]
    return SettingShape(
        name=setting.name,
        label=setting.label,
        help=setting.help,
        kind=setting.kind,
        is_required=setting.is_required,
        choices=list(setting.choices),
        default=setting.default,
        variable=variable(present.integration, setting),
        value=MASK if value and setting.kind is Kind.SECRET else value,
        source=present.values.sources[setting.name],
    )


def _command(command: Command) -> CommandShape:
    return CommandShape(
        trigger=command.trigger,
        help=command.help,
        sub_commands=[_sub_command(one) for one in command.sub_commands],
    )


def _sub_command(one: SubCommand) -> SubCommandShape:
    return SubCommandShape(name=one.name, hint=one.hint, help=one.help)
