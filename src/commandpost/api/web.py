"""The web app: the files that its build has put into the package, and the page for every address of the UI.

What the app is asked is answered by its API; here are only files. Addresses below a first segment that a
route of ours has (`/api`, `/plugins`, `/metrics` ...) are never the app's: what is unknown there stays the
API's own 404. Any other address gives the page to a browser, which shows what is there.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePosixPath

from litestar.datastructures import Headers
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

FILES = Path(__file__).parent.parent / "static"
"""Where `scripts/build_webapp` puts the built app."""

PAGE = "index.html"
ATTACHED_PAGE = "attached.html"
"""The page of a Command Post whose chat is a Mattermost's."""

_FOREVER = b"public, max-age=31536000, immutable"
_ASK_AGAIN = b"no-cache"
_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".webmanifest": b"application/manifest+json",
    ".woff2": b"font/woff2",
}
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_POLICY = b"; ".join(
    (
        b"default-src 'none'",
        b"script-src 'self'",
        b"style-src 'self'",
        b"img-src 'self' data: blob:",
        b"media-src 'self' blob:",
        b"font-src 'self'",
        b"connect-src 'self'",
        b"manifest-src 'self'",
        b"form-action 'self'",
        b"base-uri 'none'",
        b"frame-ancestors 'none'",
    )
)


class WebApp:
    """ASGI middleware: answers for the web app's files and pages, and passes on all else."""

    def __init__(self, app: ASGIApp, *, routes: Iterable[str], page: str = PAGE, files: Path = FILES) -> None:
        self._app = app
        self._files = files
        self._page = page
        self._names = _names_in(files) - ({PAGE, ATTACHED_PAGE} - {page})
        self._taken = frozenset(route.split("/")[1] for route in routes if route.count("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and self._may_want(scope["path"]):
            headers = Headers.from_scope(scope)
            if name := self._wanted(scope["path"], headers):
                await self._give(name, headers, scope, send)
                return
        await self._app(scope, receive, send)

    def _may_want(self, path: str) -> bool:
        """Whether an address can be the app's, whatever the headers say."""
        name = path.removeprefix("/")
        return name == "" or name.partition("/")[0] not in self._taken or name in self._names

    def _wanted(self, path: str, headers: Headers) -> str | None:
        """The file that answers an address, if it is the app's."""
        name = path.removeprefix("/")
        if name in self._names:
            return name
        is_page = name == "" or (
            name.split("/")[0] not in self._taken
            and PurePosixPath(name).suffix not in _TYPES
            and "text/html" in headers.get("accept", "")
        )
        return self._page if is_page and self._page in self._names else None

    async def _give(self, name: str, headers: Headers, scope: HTTPScope, send: Send) -> None:
        accepted = headers.get("accept-encoding", "")
        smaller = [(code, end) for code, end in _ENCODINGS if code in accepted and name + end in self._names]
        encoding, suffix = smaller[0] if smaller else ("", "")
        body = _content(self._files / (name + suffix))
        answer = [
            (b"content-type", _TYPES.get(PurePosixPath(name).suffix, b"application/octet-stream")),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", _FOREVER if name.startswith("assets/") else _ASK_AGAIN),
            (b"content-security-policy", _POLICY),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"vary", b"Accept-Encoding"),
        ]
        if encoding:
            answer.append((b"content-encoding", encoding.encode()))
        await send({"type": "http.response.start", "status": 200, "headers": answer})
        body = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": body, "more_body": False})


@cache
def _names_in(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@cache
def _content(path: Path) -> bytes:
    return path.read_bytes()
