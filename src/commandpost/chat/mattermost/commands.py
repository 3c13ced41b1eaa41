"""Mattermost's slash commands, run for the core as the one who asks."""

import msgspec

from commandpost.chat.mattermost.client import Refused
from commandpost.chat.mattermost.conversation import CONVERSATION
from commandpost.chat.mattermost.server import Mattermost
from commandpost.incidents import ports

_NOT_FOUND = ("not_found", "no_command")
_PATIENCE_S = 30.0


class _AnswerWire(msgspec.Struct, kw_only=True):
    text: str = ""
    trigger_id: str = ""


class AttachedCommands:
    """`incidents.ports.Commands`, with the session that the request brought."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server

    async def execute(self, user_id: str, channel_id: str, team_id: str, command: str) -> ports.CommandAnswer:
        conversation = CONVERSATION.get()
        token = conversation.token if conversation and conversation.user_id == user_id else ""
        if conversation is None or not token:
            raise ports.CommandFailed("Commands of tasks can be run from the incident's panel or page only.")
        conversation.has_acted = True
        body = {"channel_id": channel_id, "team_id": team_id, "command": command}
        try:
            answer = await self._server.client.post(
                "/commands/execute", body, _AnswerWire, token=token, within_s=_PATIENCE_S
            )
        except Refused as refusal:
            if refusal.status == 404 or any(rule in refusal.rule for rule in _NOT_FOUND):
                raise ports.CommandNotFound(refusal.message) from refusal
            raise ports.CommandFailed(refusal.message) from refusal
        return ports.CommandAnswer(trigger_id=answer.trigger_id, text=answer.text)
