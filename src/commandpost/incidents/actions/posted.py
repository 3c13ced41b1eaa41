"""What the chat reports of posts that it could not make at once: under which id they are there now."""

from collections.abc import Sequence

from commandpost.db import Work
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.store import incidents, post_ids
from commandpost.kernel.clock import Millis


async def named(
    work: Work, channel_ids: Sequence[str], placeholder: str, post_id: str, *, create_at: Millis
) -> None:
    """A post is there; what stands for it in the incidents of these channels is its id from now on."""
    await incidents.hold(work, channel_ids)
    for incident_id in await post_ids.incidents_in(work, channel_ids):
        if await post_ids.put(work, incident_id, placeholder, post_id, create_at=create_at):
            found = await incidents.found(work, incident_id, viewer_id="")
            assert found is not None
            work.tell(IncidentUpdated(incident=found.incident))
