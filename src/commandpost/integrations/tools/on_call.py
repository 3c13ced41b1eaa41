"""The commands of those that know who is on call: alike in all of them, and `/genie` works with either."""

from commandpost.integrations import Argument, Command, SubCommand
from commandpost.integrations.interface import Run


def commands_of(trigger: str, *, tell: Run, page: Run, pages: str, who: str) -> tuple[Command, ...]:
    """`/<trigger> oncall|page` and its alias `/genie whoisoncall`; `pages` and `who` say whom it can page."""
    schedule = Argument(hint="schedule", help="The schedule's name", is_required=False)
    message = Argument(hint="message", help="What they will read")
    return (
        Command(
            trigger=trigger,
            help="See who is on call, and page them",
            sub_commands=(
                SubCommand(name="oncall", help="Tell who is on call", run=tell, arguments=(schedule,)),
                SubCommand(
                    name="page", help=pages, run=page, arguments=(Argument(hint="who", help=who), message)
                ),
            ),
        ),
        Command(
            trigger="genie",
            help="See who is on call",
            sub_commands=(
                SubCommand(name="whoisoncall", help="Tell who is on call", run=tell, arguments=(schedule,)),
            ),
        ),
    )
