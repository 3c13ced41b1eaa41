"""The command line. Each command reads the settings, opens what it needs and calls one action."""

import click

from commandpost import __version__
from commandpost.cli.archive import archive
from commandpost.cli.attach import attach, detach
from commandpost.cli.backup import backup, restore
from commandpost.cli.database import doctor, migrate
from commandpost.cli.document import openapi
from commandpost.cli.moving import import_group
from commandpost.cli.plugin_bundle import plugin_bundle
from commandpost.cli.secrets import secrets
from commandpost.cli.serve import serve
from commandpost.cli.upgrade import upgrade
from commandpost.cli.users import user


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="commandpost")
def main() -> None:
    """Incident management where the team already talks.

    \b
    To try it out, with a team and its incidents already there:
        commandpost serve --demo --data-dir demo
    To run it for real:
        commandpost serve --data-dir /var/lib/commandpost
    then open the printed address and sign up: the first user is the system administrator.

    Every option can be set by an environment variable too (COMMANDPOST_PORT for --port), and so can the
    settings that an administrator changes while the server runs (COMMANDPOST_SITE_URL,
    COMMANDPOST_ENABLE_OPEN_SERVER ...). `commandpost doctor` lists them all, and what is wrong with them.
    """


COMMANDS = (
    serve,
    attach,
    detach,
    migrate,
    upgrade,
    archive,
    import_group,
    plugin_bundle,
    backup,
    restore,
    user,
    secrets,
    doctor,
    openapi,
)
for command in COMMANDS:
    main.add_command(command)
