"""`/incident test …` and `/incident nuke-db`: for system administrators, where testing is switched on."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from commandpost.incidents.actions import access, sample_data, self_test, start
from commandpost.incidents.actions.access import PlaybookUnknown
from commandpost.incidents.actions.sample_data import MOST_AT_ONCE, Made, NoPlaybooks
from commandpost.incidents.actions.samples.drawing import Order
from commandpost.incidents.actions.start import NewIncident
from commandpost.incidents.commands import wording
from commandpost.incidents.commands.call import Answer, Call, refused, say
from commandpost.incidents.permissions import Act, NotAuthorized
from commandpost.incidents.ports import Desks
from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.kernel.ids import is_id

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_ROWS_OF_A_POST = 100
_STEPS_OF_PROGRESS = 10


async def test(desks: Desks, call: Call) -> Answer:
    """The gates, then what the first word says, in any case."""
    async with desks.reading() as desk:
        if not desk.allows_testing:
            return refused(wording.NO_TESTING)
        if not await desk.chat.is_system_admin(call.who.user_id):
            return refused(wording.TEST_FOR_ADMINS)
    if not call.words:
        return refused(wording.TEST_MISSING)
    name, *arguments = call.words
    sub_command = _SUB_COMMANDS.get(name.lower())
    if sub_command is None:
        return refused(wording.test_unknown(name))
    return await sub_command(desks, call, arguments)


async def nuke(desks: Desks, call: Call) -> Answer:
    """Remove all incidents and playbooks."""
    async with desks.writing() as desk:
        if not desk.allows_testing:
            return refused(wording.HELP)
        if not await desk.chat.is_system_admin(call.who.user_id):
            return refused(wording.NUKE_FOR_ADMINS)
        if call.words != ("CONFIRM", "NUKE"):
            return refused(wording.NUKE_WARNING)
        await sample_data.clear(desk)
    return Answer(text=wording.NUKED)


async def _create_incident(desks: Desks, call: Call, arguments: Sequence[str]) -> Answer:
    if len(arguments) < 3:
        return refused(wording.CREATE_ARGUMENTS)
    playbook_id, typed_date, *name = arguments
    if not is_id(playbook_id):
        return refused(wording.CREATE_PLAYBOOK_ID)
    async with desks.writing() as desk:
        try:
            playbook = await access.opened_playbook(desk, call.who, playbook_id, Act.VIEW_PLAYBOOK)
        except (PlaybookUnknown, NotAuthorized):
            return refused(wording.no_playbook(playbook_id))
        at = _midnight(typed_date)
        if at is None:
            return refused(wording.not_a_date(typed_date))
        new = NewIncident(name=" ".join(name), team_id=call.team_id, commander_id=call.who.user_id)
        plain = sample_data.without_extras(playbook)
        playbook.check_usable_in(call.team_id)
        incident = await start.start_at(desk, call.who, new, plain, at)
        channel = await desk.chat.channel(incident.channel_id)
        assert channel is not None
    return Answer(text=wording.created(channel.name))


async def _bulk_data(desks: Desks, call: Call, arguments: Sequence[str]) -> Answer:
    async with desks.reading() as desk:
        order = _order(arguments, now=desk.now)
    if isinstance(order, Answer):
        return order
    made: list[Made] = []
    shown = 0
    try:
        async for batch in sample_data.generate(desks, call.who, call.team_id, order):
            made += batch
            step = len(made) * _STEPS_OF_PROGRESS // order.total
            if step > shown and len(made) < order.total:
                shown = step
                async with desks.reading() as desk:
                    await say(desk, call, wording.bulk_progress(len(made), order.total))
    except NoPlaybooks:
        return refused(wording.BULK_NO_PLAYBOOKS)
    tables = [_table(made[first : first + _ROWS_OF_A_POST]) for first in range(0, len(made), _ROWS_OF_A_POST)]
    async with desks.reading() as desk:
        for position, table in enumerate(tables[:-1]):
            await say(desk, call, (wording.BULK_DONE if position == 0 else "") + table)
    return Answer(text=(wording.BULK_DONE if len(tables) == 1 else "") + tables[-1])


async def _self_test(desks: Desks, call: Call, arguments: Sequence[str]) -> Answer:
    if list(arguments) != ["CONFIRM", "TEST", "SELF"]:
        return refused(wording.SELF_TEST_WARNING)
    async with desks.writing() as desk:
        wrong = await self_test.run(desk, call.who, call.team_id)
    return refused(wording.self_test_failed(wrong)) if wrong else Answer(text=wording.SELF_TEST_DONE)


def _order(arguments: Sequence[str], *, now: Millis) -> Order | Answer:
    """What is wanted, or what is wrong with it first."""
    if len(arguments) < 4:
        return refused(wording.BULK_ARGUMENTS)
    for state, typed in zip(("ongoing", "ended"), arguments, strict=False):
        if not _WHOLE_NUMBER.fullmatch(typed):
            return refused(wording.bulk_not_a_count(state, typed))
    dates = [_midnight(typed) for typed in arguments[2:4]]
    begin, end = dates
    if begin is None:
        return refused(wording.bulk_not_a_date("first", arguments[2]))
    if end is None:
        return refused(wording.bulk_not_a_date("last", arguments[3]))
    if len(arguments) > 4 and not _WHOLE_NUMBER.fullmatch(arguments[4]):
        return refused(wording.bulk_not_a_seed(arguments[4]))
    ongoing, ended = int(arguments[0]), int(arguments[1])
    for state, count in (("ongoing", ongoing), ("ended", ended)):
        if count < 0:
            return refused(wording.bulk_negative(state, str(count)))
    if ongoing + ended == 0:
        return Answer(text=wording.BULK_ZERO)
    if ongoing + ended > MOST_AT_ONCE:
        return refused(wording.bulk_too_many(MOST_AT_ONCE))
    if end <= begin:
        return refused(wording.BULK_DATES)
    seed = int(arguments[4]) if len(arguments) > 4 else now // SECOND_MS
    return Order(ongoing=ongoing, ended=ended, begin=begin, end=end, seed=seed)


def _midnight(typed: str) -> Millis | None:
    """The beginning of a day of UTC; None if the text is no date, or one before 1970."""
    if not _DATE.fullmatch(typed):
        return None
    try:
        at = datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    millis = int(at.timestamp()) * SECOND_MS
    return Millis(millis) if millis >= 0 else None


def _table(made: Sequence[Made]) -> str:
    rows = "".join(
        f"|~{one.channel_name}|{datetime.fromtimestamp(one.create_at / SECOND_MS, UTC):%Y-%m-%d}"
        f"|{'Ended' if one.is_ended else 'Ongoing'}|\n"
        for one in made
    )
    return f"| Incident name | Created at | Status |\n|-\t|-\t|-\t|\n{rows}\n"


_SUB_COMMANDS: dict[str, Callable[[Desks, Call, Sequence[str]], Awaitable[Answer]]] = {
    "create-incident": _create_incident,
    "bulk-data": _bulk_data,
    "self": _self_test,
}
