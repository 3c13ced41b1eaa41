"""Desks for the core over a Mattermost server: one transaction for what is ours, errands for the rest."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from commandpost.chat.mattermost.chat import AttachedChat
from commandpost.chat.mattermost.client import Unreachable
from commandpost.chat.mattermost.conversation import (
    ATTEMPTS,
    CONVERSATION,
    Conversation,
    in_conversation,
)
from commandpost.chat.mattermost.server import Mattermost
from commandpost.db import Work
from commandpost.incidents import ports
from commandpost.incidents.model.playbook import PlaybookCreators
from commandpost.incidents.ports import Unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The settings that a desk works with; see `incidents.ports.Desk`."""

    site_url: str
    allows_testing: bool = False
    offers_short_reminders: bool = False
    playbook_creators: PlaybookCreators = PlaybookCreators.MEMBERS


class AttachedDesks:
    """`incidents.ports.Desks`, in the conversation under way; `is_for_operator` at the command line."""

    def __init__(
        self, server: Mattermost, settings: Callable[[], InForce], *, is_for_operator: bool = False
    ) -> None:
        self._server = server
        self._settings = settings
        self._is_for_operator = is_for_operator

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[ports.Desk]:
        conversation = self._conversation()
        async with self._server.database.read() as work:
            yield self._desk(work, AttachedChat(work, self._server.clock.now(), conversation))
            if conversation.wants_more:
                raise Unanswered

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[ports.Desk]:
        conversation = self._conversation()
        async with self._server.database.write() as work:
            chat = AttachedChat(work, self._server.clock.now(), conversation)
            yield self._desk(work, chat)
            if conversation.wants_more:
                raise Unanswered
        conversation.has_acted = True
        conversation.errands += chat.errands

    async def repeated(self, deed: Callable[[], Awaitable[ports.Done]]) -> ports.Done:
        conversation = self._new_conversation()
        with in_conversation(conversation):
            try:
                for _ in range(ATTEMPTS):
                    conversation.begin()
                    try:
                        return await deed()
                    except Unanswered:
                        await conversation.settle()
                raise Unreachable
            finally:
                await conversation.over()

    def _conversation(self) -> Conversation:
        return CONVERSATION.get() or self._new_conversation()

    def _new_conversation(self) -> Conversation:
        return Conversation(server=self._server, is_operators=self._is_for_operator)

    def _desk(self, work: Work, chat: AttachedChat) -> ports.Desk:
        settings = self._settings()
        return ports.Desk(
            work=work,
            chat=chat,
            now=self._server.clock.now(),
            site_url=settings.site_url,
            allows_testing=settings.allows_testing,
            offers_short_reminders=settings.offers_short_reminders,
            playbook_creators=settings.playbook_creators,
        )
