"""The control post of each incident: one pinned post with buttons that is kept as the incident is.

It is a mirror: what counts is how the incident stands when it is looked at, so nothing is queued. Changes
soon after one another are shown together; what could not be shown is shown later. A post that somebody has
deleted is made anew; so is one that Mattermost does not let be changed any more, after it is deleted.
"""

import asyncio
import hashlib
from contextlib import suppress
from typing import Any, NoReturn
from urllib.parse import quote

import msgspec
import structlog

from commandpost.chat.mattermost import values
from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.desks import AttachedDesks
from commandpost.chat.mattermost.posting import found
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import facts, kept
from commandpost.chat.mattermost.wire import PostWire
from commandpost.db import Work
from commandpost.incidents.actions import control
from commandpost.incidents.events import IncidentCreated, IncidentUpdated, ReminderSet
from commandpost.incidents.ports import Attachment
from commandpost.incidents.store import incidents
from commandpost.kernel.clock import SECOND_MS, Millis

_MARK = "commandpost_control"
"""The prop by which a control post is known again, if its answer was lost."""

_TOGETHER_S = 0.5
_LOOK_EVERY_S = 30.0
_AGAIN_S = 5.0
_CLAIMED_MS = 30 * SECOND_MS
_FORBIDDEN, _NOT_FOUND = 403, 404

_log = structlog.get_logger(__name__)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a control post: its id ("" while it is being made, since `at`), and what it shows."""

    post_id: str = ""
    digest: str = ""
    at: int = 0


class Controls:
    """Keeps the posts. `shown` counts those made or changed since the start."""

    def __init__(self, server: Mattermost, desks: AttachedDesks) -> None:
        self._server = server
        self._desks = desks
        self._changed: set[str] = set()
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self.shown = 0

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: an incident may look otherwise now."""
        match fact:
            case IncidentCreated(incident=incident) | IncidentUpdated(incident=incident):
                self._mark(incident.id)
            case ReminderSet(incident_id=incident_id):
                self._mark(incident_id)
            case _:
                return

    async def deleted(self, channel_id: str, post_id: str) -> None:
        """Take note that a post was deleted over there: if it was a control post, another takes its place."""
        async with self._server.database.write() as work:
            incident_id = await incidents.id_of_channel(work, channel_id) or ""
            known = await _noted(work, incident_id)
            if known is None or known.post_id != post_id:
                return
            await facts.forget(work, facts.of_control(incident_id))
        self._mark(incident_id)

    async def run(self) -> NoReturn:
        """Show changes until cancelled; now and then, what time alone has changed, or another node left."""
        while True:
            self._woken.clear()
            try:
                if not self._changed:
                    async with self._desks.reading() as desk:
                        self._changed.update(await control.ongoing(desk))
                await self.show_changed()
            except Exception:  # noqa: BLE001 the edge of the job: a database that is away comes back
                _log.exception("control_posts_not_shown")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _AGAIN_S if self._changed else _LOOK_EVERY_S)
            await asyncio.sleep(_TOGETHER_S)

    async def show_changed(self) -> None:
        """Show what has changed; what Mattermost does not take now stays to be shown."""
        async with self._turn:
            for incident_id in sorted(self._changed):
                self._changed.discard(incident_id)
                try:
                    await self._show(incident_id)
                except Unreachable:
                    self._changed.add(incident_id)
                except Refused as refusal:
                    _log.warning("control_post_refused", status=refusal.status, rule=refusal.rule)

    def _mark(self, incident_id: str) -> None:
        self._changed.add(incident_id)
        self._woken.set()

    async def _show(self, incident_id: str) -> None:
        seen = await self._desks.repeated(lambda: self._seen(incident_id))
        if seen is None:
            return
        channel_id, attachment, heading = seen
        body = self._body(incident_id, attachment, heading)
        digest = hashlib.sha256(msgspec.json.encode([heading, attachment])).hexdigest()
        known = await self._known(incident_id)
        if known is not None and known.post_id == "":
            known = await self._lost(incident_id, channel_id, known)
        if known is None:
            await self._make(incident_id, channel_id, body, digest)
        elif known.post_id and known.digest != digest:
            await self._change(incident_id, channel_id, known, body, digest)

    async def _seen(self, incident_id: str) -> tuple[str, Attachment, str] | None:
        async with self._desks.reading() as desk:
            seen = await control.shown(desk, incident_id)
            return None if seen is None or await kept.channels(desk.work, [seen[0]]) else seen

    async def _lost(self, incident_id: str, channel_id: str, claimed: Shown) -> Shown | None:
        """What became of a claim: the post it made, if only the answer was lost; None if it made none."""
        if self._server.clock.now() - claimed.at <= _CLAIMED_MS:
            return claimed
        client = self._server.client
        post = await found(client, channel_id, _MARK, incident_id, since=claimed.at)
        return Shown(post_id=post.id) if post else None

    def _body(self, incident_id: str, attachment: Attachment, heading: str) -> dict[str, Any]:
        attachments = values.attachments_wanted(self._server, [attachment])
        return {
            "message": heading,
            "props": {"attachments": attachments, "from_bot": "true", _MARK: incident_id},
        }

    async def _make(self, incident_id: str, channel_id: str, body: dict[str, Any], digest: str) -> None:
        now = self._server.clock.now()
        if not await self._claimed(incident_id, now):
            return
        post = await self._server.client.post("/posts", {"channel_id": channel_id, **body}, PostWire)
        await self._note(incident_id, Shown(post_id=post.id, digest=digest))
        self.shown += 1
        with suppress(Refused):
            await self._server.client.call("POST", f"/posts/{post.id}/pin")

    async def _change(
        self, incident_id: str, channel_id: str, known: Shown, body: dict[str, Any], digest: str
    ) -> None:
        try:
            await self._server.client.call("PUT", f"/posts/{known.post_id}/patch", body=body)
        except Refused as refusal:
            if not await self._is_gone(known.post_id, refusal):
                raise
            await self._forget(incident_id)
            await self._make(incident_id, channel_id, body, digest)
            return
        await self._note(incident_id, Shown(post_id=known.post_id, digest=digest))
        self.shown += 1

    async def _is_gone(self, post_id: str, refusal: Refused) -> bool:
        """Whether the post is gone, or is now: one that may not be changed over there is put away."""
        path = f"/posts/{quote(post_id, safe='')}"
        try:
            await self._server.client.get(path, PostWire)
        except Refused as gone:
            return gone.status in (_FORBIDDEN, _NOT_FOUND)
        if refusal.status != _FORBIDDEN and "time_limit" not in refusal.rule:
            return False
        try:
            await self._server.client.call("DELETE", path)
        except Refused as kept:
            return kept.status == _NOT_FOUND
        return True

    async def _known(self, incident_id: str) -> Shown | None:
        async with self._server.database.read() as work:
            return await _noted(work, incident_id)

    async def _claimed(self, incident_id: str, now: Millis) -> bool:
        """Whether it is for this node to make the post."""
        async with self._server.database.write() as work:
            known = await _noted(work, incident_id)
            if known is not None and (known.post_id or now - known.at <= _CLAIMED_MS):
                return False
            await facts.put(work, facts.of_control(incident_id), msgspec.json.encode(Shown(at=now)).decode())
        return True

    async def _note(self, incident_id: str, shown: Shown) -> None:
        async with self._server.database.write() as work:
            await facts.put(work, facts.of_control(incident_id), msgspec.json.encode(shown).decode())

    async def _forget(self, incident_id: str) -> None:
        async with self._server.database.write() as work:
            await facts.forget(work, facts.of_control(incident_id))


async def _noted(work: Work, incident_id: str) -> Shown | None:
    told = await facts.get(work, facts.of_control(incident_id))
    return msgspec.json.decode(told, type=Shown) if told else None
