"""What is asked and done for one request, or one job: across the attempts that it takes.

An action runs in a unit of work. What it asks and nobody has answered yet ends the attempt: the work is
undone, the questions are put outside of it, and the same is done again with the answers, which then hold for
the whole conversation. Making a channel is a question too: how it went is the answer.
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import structlog

from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.questions import ChannelQuestion, Question, answered
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import starts
from commandpost.chat.mattermost.store.starts import Start
from commandpost.chat.mattermost.wire import ChannelWire
from commandpost.incidents.ports import ChannelNameInvalid, ChannelNameTaken, NewChannel, Unanswered
from commandpost.kernel.clock import MINUTE_MS, Millis
from commandpost.kernel.errors import Forbidden, Refusal
from commandpost.kernel.ids import new_id

ATTEMPTS = 20
_UNDONE_AFTER_MS = 2 * MINUTE_MS
_TAKEN = ("save_channel.exists", "save_channel.previously", "save_channel.archived")
_INVALID = "model.channel.is_valid"

_log = structlog.get_logger(__name__)


class BotMayNotCreate(Forbidden):
    """The bot may not make channels in this team."""

    code = "mattermost.bot_may_not_create"


@dataclass(frozen=True, slots=True)
class Made:
    """A channel made for an incident, and the note of that."""

    start_id: str
    channel: ChannelWire


@dataclass(slots=True, kw_only=True)
class Conversation:
    """`user_id` has made the request, with `token`; both are "" for what the server does by itself.

    One that `is_operators` is of whoever works at the command line: an administrator without an account.

    `confirmed_at` is set once something counted that Mattermost could not confirm: since when that is known.
    """

    server: Mattermost
    user_id: str = ""
    token: str = ""
    confirmed_at: Millis | None = None
    errands: list[str] = field(default_factory=list[str])
    has_acted: bool = False
    said: list[Any] = field(default_factory=list[Any])
    dialog: Any = None
    is_command: bool = False
    is_operators: bool = False
    _answers: dict[Question[Any], Any] = field(default_factory=dict[Question[Any], Any])
    _missing: dict[Question[Any] | NewChannel, None] = field(
        default_factory=dict[Question[Any] | NewChannel, None]
    )
    _made: dict[NewChannel, Made | Refusal] = field(default_factory=dict[NewChannel, Made | Refusal])

    @property
    def wants_more(self) -> bool:
        """Whether the attempt has asked what nobody has answered yet."""
        return bool(self._missing)

    def begin(self) -> None:
        """A new attempt: what the one before would have said is not said."""
        self.said.clear()
        self.dialog = None

    def answer(self, question: Question[Any]) -> Any:
        """What Mattermost says to this. Raises Unanswered."""
        if question in self._answers:
            return self._answers[question]
        known = self.server.memory.fresh(question)
        if known is None:
            self._missing[question] = None
            raise Unanswered
        self._answers[question] = known.answer
        return known.answer

    def want(self, *questions: Question[Any]) -> None:
        """Raises Unanswered unless all of them can be answered: so they are asked together."""
        unknown = [one for one in questions if not self._knows(one)]
        if unknown:
            self._missing.update(dict.fromkeys(unknown))
            raise Unanswered

    def channel_made(self, new: NewChannel) -> Made:
        """The channel, made for this conversation.

        Raises Unanswered, ChannelNameTaken, ChannelNameInvalid, BotMayNotCreate. One of another name that was
        made instead will do: who begins once more draws other letters.
        """
        for wanted, made in self._made.items():
            if isinstance(made, Made) and _but_for_name(wanted) == _but_for_name(new):
                return made
        outcome = self._made.get(new)
        if outcome is None:
            self._missing[new] = None
            raise Unanswered
        assert isinstance(outcome, Refusal)
        raise outcome

    async def settle(self) -> None:
        """Have answered what is missing. Raises Unreachable; Unanswered if it is too late for that."""
        if self.has_acted:
            raise Unanswered("Mattermost answered too late; part of it is done, look before you try again.")
        missing, self._missing = list(self._missing), {}
        await asyncio.gather(*(self._settled(one) for one in missing))

    async def over(self) -> bool:
        """Have undone what was begun and did not come to anything; whether there may be such."""
        begun = [made.start_id for made in self._made.values() if isinstance(made, Made)]
        if begun:
            async with self.server.database.write() as work:
                for start_id in begun:
                    await starts.at_once(work, start_id, at=self.server.clock.now())
        return bool(begun)

    def _knows(self, question: Question[Any]) -> bool:
        """Whether it can be answered; from then on it can be for the whole conversation."""
        if question not in self._answers and (known := self.server.memory.fresh(question)) is not None:
            self._answers[question] = known.answer
        return question in self._answers

    async def _settled(self, missing: Question[Any] | NewChannel) -> None:
        if isinstance(missing, NewChannel):
            self._made[missing] = await self._make(missing)
        else:
            self._answers[missing] = await self._asked(missing)

    async def _asked(self, question: Question[Any]) -> Any:
        memory = self.server.memory
        try:
            answer = await answered(question, self.server.client, user_id=self.user_id, token=self.token)
        except Unreachable:
            held = memory.held(question)
            if held is None:
                raise
            self.confirmed_at = min(held.at, self.confirmed_at or held.at)
            return held.answer
        if question.is_kept:
            memory.keep(question, answer)
        return answer

    async def _make(self, new: NewChannel) -> Made | Refusal:
        """First a note that it is begun, then the channel; the note goes when the incident is there."""
        now = self.server.clock.now()
        start = Start(id=new_id(), team_id=new.team_id, name=new.name, channel_id="", create_at=now)
        async with self.server.database.write() as work:
            await starts.add(work, start, due_at=Millis(now + _UNDONE_AFTER_MS))
        wanted = {
            "team_id": new.team_id,
            "type": new.type.value,
            "name": new.name,
            "display_name": new.display_name,
            "header": new.header,
        }
        try:
            channel = await self.server.client.post("/channels", wanted, ChannelWire)
        except Refused as refusal:
            async with self.server.database.write() as work:
                await starts.forget(work, start.id)
            return _reason(refusal)
        async with self.server.database.write() as work:
            await starts.made(work, start.id, channel.id)
        question = ChannelQuestion(channel.id)
        self._answers[question] = channel
        self.server.memory.keep(question, channel)
        return Made(start.id, channel)


CONVERSATION: ContextVar[Conversation | None] = ContextVar("conversation", default=None)
"""The one under way, if a request or a job has begun one."""


@contextmanager
def in_conversation(conversation: Conversation) -> Generator[None]:
    """Everything within belongs to this conversation."""
    outer = CONVERSATION.set(conversation)
    try:
        yield
    finally:
        CONVERSATION.reset(outer)


def _but_for_name(new: NewChannel) -> tuple[str, str, str, str]:
    return new.team_id, new.type.value, new.display_name, new.header


def _reason(refusal: Refused) -> Refusal:
    if any(rule in refusal.rule for rule in _TAKEN):
        return ChannelNameTaken()
    if refusal.rule.startswith(_INVALID):
        return ChannelNameInvalid()
    _log.error("mattermost_channel_refused", status=refusal.status, rule=refusal.rule)
    return BotMayNotCreate(
        f"Mattermost did not let the bot make the channel: {refusal.message}"
        " An administrator can make the bot a member of the team, or run `commandpost attach` again."
    )
