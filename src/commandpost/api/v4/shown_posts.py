"""Posts as they are sent, kept as JSON for the next who looks at the same page.

A version of a post looks the same to everybody who may see it, so what was encoded once is sent again as it
is. Nothing here needs forgetting when a post changes: its version is another then.
"""

from collections.abc import Collection, Sequence

import msgspec

from commandpost.api.v4.shapes.posts import post_shape
from commandpost.workspace.model.post_list import PostPage, PostVersion

_MOST_BYTES = 16_000_000

_encode = msgspec.json.Encoder().encode


class ShownPosts:
    """Encoded posts by version, the newest of them up to a number of bytes."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pieces: dict[PostVersion, bytes] = {}

    def page(self) -> "ShownPage":
        """A page to be put together."""
        return ShownPage(self)

    def piece(self, version: PostVersion) -> bytes | None:
        """`"id":{post}` as it stands in a list; None if it is not here."""
        return self._pieces.get(version)

    def keep(self, version: PostVersion, piece: bytes) -> None:
        """Keep a piece, in place of the oldest ones if there is no room."""
        if version in self._pieces:
            return
        self._pieces[version] = piece
        self._bytes += len(piece)
        while self._bytes > self._most_bytes:
            self._bytes -= len(self._pieces.pop(next(iter(self._pieces))))


class ShownPage:
    """One page being put together from what is kept and what has to be asked for."""

    def __init__(self, shown: ShownPosts) -> None:
        self._shown = shown
        self._pieces: list[bytes] = []

    def missing(self, versions: Collection[PostVersion]) -> Sequence[str]:
        """The ids of those that have to be asked for; the others are part of the page from now on."""
        missing: list[str] = []
        for version in versions:
            piece = self._shown.piece(version)
            if piece is None:
                missing.append(version.id)
            else:
                self._pieces.append(piece)
        return missing

    def body(self, page: PostPage) -> bytes:
        """The whole answer (a `PostListShape`) as JSON."""
        for post in page.posts:
            shape = post_shape(post, page.details)
            piece = b'"%b":%b' % (post.id.encode(), _encode(shape))
            self._pieces.append(piece)
            self._shown.keep(PostVersion(post.id, post.update_at, shape.reply_count), piece)
        return b'{"order":%b,"posts":{%b},"next_post_id":%b,"prev_post_id":%b}' % (
            _encode(page.order),
            b",".join(self._pieces),
            _encode(page.next_post_id),
            _encode(page.prev_post_id),
        )
