"""Desks for the core over the workspace's: one transaction for both contexts."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager

from commandpost.chat.embedded.chat import EmbeddedChat
from commandpost.db import Opening
from commandpost.incidents import ports
from commandpost.incidents.model.playbook import PlaybookCreators
from commandpost.workspace import pictures
from commandpost.workspace.actions import bots, user_images
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who

BOT_USERNAME = "incident"
_BOT_DISPLAY_NAME = "Incident Bot"
_BOT_DESCRIPTION = "Incident Management plugin's bot."


class IncidentDesks:
    """`incidents.ports.Desks`, for the caller given; for nobody in particular at first.

    `open` comes before everything: it makes sure that the bot is there.
    """

    def __init__(self, workspace: Desks, product_id: str) -> None:
        self._workspace = workspace
        self._product_id = product_id
        self._bot: User | None = None
        self._who: Who | None = None

    async def open(self) -> None:
        """Raises BotNameTaken when a person has the bot's name."""
        async with self._workspace.writing() as desk:
            self._bot = await bots.ensure(
                desk, BOT_USERNAME, _BOT_DISPLAY_NAME, _BOT_DESCRIPTION, self._product_id
            )
            if self._bot.last_picture_update == 0:
                await user_images.put(desk, self._bot, pictures.shield())

    def for_caller(self, who: Who) -> "IncidentDesks":
        """Desks at which this user asks."""
        desks = IncidentDesks(self._workspace, self._product_id)
        desks._bot, desks._who = self._bot, who
        return desks

    def reading(self) -> AbstractAsyncContextManager[ports.Desk]:
        return Opening(self._workspace.reading(), self.at)

    def writing(self) -> AbstractAsyncContextManager[ports.Desk]:
        return Opening(self._workspace.writing(), self.at)

    async def repeated(self, deed: Callable[[], Awaitable[ports.Done]]) -> ports.Done:
        """The workspace has an answer to everything at once."""
        return await deed()

    def at(self, desk: Desk, names: Mapping[str, str] | None = None) -> ports.Desk:
        """The core's side of a desk. `names` are usernames that are known already, by id."""
        assert self._bot is not None, "the desks are not open"
        return ports.Desk(
            work=desk.work,
            chat=EmbeddedChat(desk, self._bot, self._who, names),
            now=desk.now,
            site_url=desk.config.site_url,
            allows_testing=desk.config.enable_testing,
            offers_short_reminders=desk.config.enable_testing and desk.config.enable_developer,
            playbook_creators=PlaybookCreators(desk.config.playbook_creators),
        )
