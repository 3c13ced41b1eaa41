"""The links of an incident as v0 sends them."""

from collections.abc import Iterable

import msgspec

from commandpost.incidents.model.ids import shown_id
from commandpost.incidents.model.timeline import Entry, LinkAdded


class LinkShape(msgspec.Struct, kw_only=True):
    """Something in a tool outside. `reference` is the tool's own name for it, such as a ticket's key.

    `added_by` is whose command made it, `added_at` when; `post_id` the post that told the channel.
    """

    integration: str
    title: str
    url: str
    reference: str
    added_by: str
    added_at: int
    post_id: str


class LinksShape(msgspec.Struct, kw_only=True):
    """All links of an incident, oldest first."""

    items: list[LinkShape]


def links_shape(kept: Iterable[tuple[Entry, LinkAdded]]) -> LinksShape:
    """The links as they go out."""
    return LinksShape(
        items=[
            LinkShape(
                integration=link.integration,
                title=link.title,
                url=link.url,
                reference=link.reference,
                added_by=entry.actor_id,
                added_at=entry.at,
                post_id=shown_id(link.post_id),
            )
            for entry, link in kept
        ]
    )
