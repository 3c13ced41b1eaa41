"""Telling the servers of outgoing webhooks: claimed, sent, and either answered or tried again later."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import msgspec
import structlog

from commandpost.kernel.clock import MINUTE_MS, SECOND_MS
from commandpost.kernel.errors import Refusal
from commandpost.workspace import answers
from commandpost.workspace.actions import webhook_posts
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.outgoing_webhook import FORM, JSON, OutgoingWebhook
from commandpost.workspace.model.said import COMMENT, Said
from commandpost.workspace.outbound import Answer
from commandpost.workspace.store import channels, outgoing_webhooks, posts, users, webhook_deliveries
from commandpost.workspace.store.webhook_deliveries import Delivery

KEPT_MS = 30 * MINUTE_MS
"""What could not be told within this time is not told any more."""

_PAUSES_MS = (10 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS)
_REPEATABLE = frozenset({408, 425, 429})
_LEASE_BEYOND_TIMEOUT_MS = 30 * SECOND_MS

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that is the caller's to make, and the request that makes it."""

    delivery: Delivery
    headers: dict[str, str]
    body: bytes


async def claim(desk: Desk, delivery: Delivery) -> Claimed | None:
    """Take a delivery until its lease runs out; None if there is nothing to be sent, or somebody else has it.

    Raises vault.Unreadable.
    """
    if delivery.create_at <= desk.now - KEPT_MS:
        late = await webhook_deliveries.forget(desk.work, delivery.hook_id, until=desk.now - KEPT_MS)
        _log.warning("an outgoing webhook is given up", hook_id=delivery.hook_id, posts=late)
        return None
    timeout_ms = desk.config.outgoing_integration_requests_timeout * SECOND_MS
    until = desk.now + timeout_ms + _LEASE_BEYOND_TIMEOUT_MS
    if not await webhook_deliveries.claim(desk.work, delivery, now=desk.now, until=until):
        return None
    claimed = replace(delivery, attempts=delivery.attempts + 1)
    hook = await outgoing_webhooks.by_id(desk.work, delivery.hook_id)
    if hook is None or not desk.config.enable_outgoing_webhooks:
        await webhook_deliveries.done(desk.work, claimed)
        return None
    return _request(hook, claimed, desk.vault.opened(hook.sealed_token))


async def answered(desk: Desk, delivery: Delivery, answer: Answer) -> None:
    """Take what the server said: a success may bring a post, a fault of the server another attempt."""
    if answer.status >= 500 or answer.status in _REPEATABLE:
        await failed(desk, delivery, f"status {answer.status}")
        return
    if not await webhook_deliveries.done(desk.work, delivery):
        return
    hook = await outgoing_webhooks.by_id(desk.work, delivery.hook_id)
    if not answer.is_success:
        _log.warning("an outgoing webhook is refused", hook_id=delivery.hook_id, status=answer.status)
    elif hook is not None and answer.body.strip():
        await _post_answer(desk, hook, delivery, answer.body)


async def failed(desk: Desk, delivery: Delivery, why: str) -> None:
    """Try again after a while, or give up after the last attempt."""
    _log.warning("an outgoing webhook failed", hook_id=delivery.hook_id, attempt=delivery.attempts, why=why)
    if delivery.attempts > len(_PAUSES_MS):
        await webhook_deliveries.done(desk.work, delivery)
    else:
        at = desk.now + _PAUSES_MS[delivery.attempts - 1]
        await webhook_deliveries.again(desk.work, delivery, at=at)


async def refused(desk: Desk, delivery: Delivery, why: str) -> None:
    """Give up at once: it could not succeed later either."""
    _log.warning("an outgoing webhook cannot be told", hook_id=delivery.hook_id, why=why)
    await webhook_deliveries.done(desk.work, delivery)


def _request(hook: OutgoingWebhook, delivery: Delivery, token: str) -> Claimed:
    told: dict[str, Any] = {"token": token, **delivery.payload}
    if hook.content_type == JSON:
        kind, body = JSON, msgspec.json.encode(told)
    else:
        told["timestamp"] //= SECOND_MS
        kind, body = FORM, urlencode(told).encode()
    return Claimed(delivery=delivery, headers={"Content-Type": kind, "Accept": "application/json"}, body=body)


async def _post_answer(desk: Desk, hook: OutgoingWebhook, delivery: Delivery, body: bytes) -> None:
    """Post what the server answered, in the channel of the post or as a reply to it."""
    try:
        said = answers.said_in(body)
        if said is not None and not said.is_empty:
            await _say(desk, hook, delivery, said)
    except Refusal as cause:
        _log.warning("the answer to an outgoing webhook is lost", hook_id=hook.id, why=cause.message)


async def _say(desk: Desk, hook: OutgoingWebhook, delivery: Delivery, said: Said) -> None:
    told = await posts.by_id(desk.work, delivery.post_id)
    channel = await channels.by_id(desk.work, told.channel_id) if told else None
    creator = await users.by_id(desk.work, hook.creator_id)
    if told is None or channel is None or creator is None or not creator.is_active:
        return
    await webhook_posts.check_owner(desk, creator, channel)
    named = replace(said, username=said.username or hook.username, icon_url=said.icon_url or hook.icon_url)
    root_id = told.thread_id if said.response_type == COMMENT else ""
    await webhook_posts.post(desk, creator, channel, named, display_name=hook.display_name, root_id=root_id)


async def due(desk: Desk, *, busy: Collection[str], limit: int) -> list[Delivery]:
    """What is to be delivered now: the oldest of each webhook that is not busy."""
    return await webhook_deliveries.due(desk.work, now=desk.now, busy=busy, limit=limit)


async def next_due_at(desk: Desk, *, busy: Collection[str]) -> int | None:
    """When there is something to be delivered next by a webhook that is not busy."""
    return await webhook_deliveries.next_due_at(desk.work, busy=busy)
