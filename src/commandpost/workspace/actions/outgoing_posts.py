"""Posts that outgoing webhooks tell of: noted in the same work as the post, so that none is forgotten."""

from collections.abc import Callable

from commandpost.db import Work
from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.kernel.ids import new_id
from commandpost.workspace.events import DeliveryWaiting, OutgoingWebhooksChanged
from commandpost.workspace.model.channel import Channel, ChannelType
from commandpost.workspace.model.outgoing_webhook import OutgoingWebhook
from commandpost.workspace.model.post import Post
from commandpost.workspace.observers import ChannelObserver, Quiet
from commandpost.workspace.store import outgoing_webhooks, teams, users, webhook_deliveries
from commandpost.workspace.store.webhook_deliveries import Delivery

_REMEMBERED_MS = SECOND_MS
_MOST_TEAMS = 10_000


class OutgoingPosts(ChannelObserver):
    """Watches the posts of people and bots in public channels.

    Webhooks are remembered for a second: every post is looked at. What is changed in this process is heard
    of at once, what another process changes after the second. Of quiet channels nobody is told.
    """

    def __init__(self, is_on: Callable[[], bool], *, is_quiet: Quiet) -> None:
        self._is_on = is_on
        self._is_quiet = is_quiet
        self._known: dict[str, tuple[int, tuple[OutgoingWebhook, ...]]] = {}

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: the webhooks of a team may be others now."""
        if isinstance(fact, OutgoingWebhooksChanged):
            self._known.pop(fact.team_id, None)

    async def post_made(self, work: Work, now: Millis, channel: Channel, post: Post) -> None:
        is_told = not post.is_system and post.props.get("from_webhook") != "true"
        if channel.type != ChannelType.PUBLIC or not is_told or not self._is_on():
            return
        triggered = [
            (hook, word)
            for hook in await self._of_team(work, now, channel.team_id)
            if (word := hook.triggered_by(channel.id, post.message)) is not None
        ]
        if triggered and not await self._is_quiet(work, channel.id):
            payload = await _payload(work, channel, post)
            deliveries = [
                Delivery(
                    id=new_id(),
                    hook_id=hook.id,
                    url=url,
                    post_id=post.id,
                    trigger_word=word,
                    payload={**payload, "trigger_word": word},
                    create_at=now,
                )
                for hook, word in triggered
                for url in hook.callback_urls
            ]
            await webhook_deliveries.add(work, deliveries)
            work.tell(DeliveryWaiting())

    async def _of_team(self, work: Work, now: Millis, team_id: str) -> tuple[OutgoingWebhook, ...]:
        known = self._known.get(team_id)
        if known is not None and 0 <= now - known[0] < _REMEMBERED_MS:
            return known[1]
        hooks = tuple(await outgoing_webhooks.of_team(work, team_id))
        if len(self._known) >= _MOST_TEAMS:
            self._known.clear()
        self._known[team_id] = (now, hooks)
        return hooks


async def _payload(work: Work, channel: Channel, post: Post) -> dict[str, object]:
    """What is told of a post, but for the webhook's token: that is looked up when it is told."""
    team = await teams.by_id(work, channel.team_id)
    author = await users.by_id(work, post.user_id)
    return {
        "team_id": channel.team_id,
        "team_domain": team.name if team else "",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "timestamp": post.create_at,
        "user_id": post.user_id,
        "user_name": author.username if author else "",
        "post_id": post.id,
        "text": post.message,
        "file_ids": ",".join(post.file_ids),
    }
