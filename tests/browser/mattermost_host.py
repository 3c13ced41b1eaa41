"""Pages of a stand-in for Mattermost's web app, with the plugin installed, on our own server's address."""

import io
import re
import tarfile
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from playwright.async_api import Page, Request, Route

from commandpost.chat.mattermost.attaching_plugin import PLUGIN_ID
from commandpost.cli.plugin_bundle import bundle
from tests.browser.heard import Heard
from tests.browser.office import Office
from tests.support.served import Login

_HERE = Path(__file__).parent / "mattermost"
_PACKAGES = Path(__file__).parent.parent / "clients" / "node" / "node_modules"
_STATIC = f"/static/plugins/{PLUGIN_ID}/"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What of Mattermost's web app differs between its versions, for a plugin."""

    name: str
    react: int
    has_variables: bool = True
    """Whether the theme stands in its style sheet; in older ones it is in the state alone."""
    without: tuple[str, ...] = ()
    """Methods that its registry lacks."""
    only_shows: bool = False
    """Whether its right-hand side can be shown alone, neither hidden nor toggled: so it was before 5.31."""
    names_arguments: bool = False
    """Whether its registry takes arguments by name too, and so looks into what it is given."""


OLDEST = Version(name="5.31", react=16, has_variables=False)
MIDDLE = Version(name="7.8", react=17)
NEWEST = Version(name="10.5", react=18, names_arguments=True)


async def open_in_mattermost(office: Office, person: Login, path: str, version: Version) -> Page:
    """A window of somebody at a page of Mattermost, in which the plugin has been installed."""
    page = await office.page(person, "/healthz", hears=False)
    await install(page, office.server.url, version)
    heard = Heard(page)
    await page.goto(path)
    # What is told once, a dialog say, comes only to who hears already: Mattermost's own page, and the plugin.
    for _ in range(2):
        await heard.until("hello")
    return page


async def install(page: Page, url: str, version: Version) -> None:
    """Make pages below an address those of Mattermost, with the plugin installed, from now on."""

    async def answer(route: Route, request: Request) -> None:
        where = request.url.removeprefix(url).partition("?")[0]
        if request.resource_type == "document":
            headers = {"Content-Security-Policy": _POLICY}
            await route.fulfill(body=_document(version), content_type="text/html", headers=headers)
        elif (content := _file(where, version)) is not None:
            await route.fulfill(body=content, content_type=_TYPES[Path(where).suffix])
        else:
            await route.fallback()

    # A page that the test makes up has come from nowhere: Chromium asks before that may reach a local server.
    await page.context.grant_permissions(["local-network-access"], origin=url)
    await page.route("**/*", answer)


def _document(version: Version) -> str:
    data = f'data-plugin="{PLUGIN_ID}" data-without="{escape(" ".join(version.without))}"'
    data += ' data-shows="yes"' if version.only_shows else ""
    data += ' data-named="yes"' if version.names_arguments else ""
    if version.has_variables:
        data += ' data-variables="true"'
    scripts = ("react.js", "react-dom.js", "redux.js", "host.js")
    tags = "".join(f'<script defer src="/static/{name}"></script>' for name in scripts)
    return (
        f'<!doctype html><html lang="en" {data}><head><title>Mattermost</title>'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/host.css">{tags}</head>'
        '<body><div id="root"></div></body></html>'
    )


def _file(where: str, version: Version) -> bytes | None:
    """A file of the web app, or one of the plugin as Mattermost serves it: its script under another name."""
    libraries = {
        "/static/react.js": f"react-{version.react}/umd/react.production.min.js",
        "/static/react-dom.js": f"react-dom-{version.react}/umd/react-dom.production.min.js",
        "/static/redux.js": "redux/dist/redux.min.js",
    }
    if where in libraries:
        return (_PACKAGES / libraries[where]).read_bytes()
    if where in ("/static/host.js", "/static/host.css"):
        return (_HERE / Path(where).name).read_bytes()
    if where.startswith(_STATIC):
        name = re.sub(r".*_bundle\.js$", "main.js", where.removeprefix(_STATIC))
        return _plugin().get(name)
    return None


@cache
def _plugin() -> dict[str, bytes]:
    """The files that Mattermost serves of the plugin: those beside its script."""
    with tarfile.open(fileobj=io.BytesIO(bundle())) as archive:
        below = f"{PLUGIN_ID}/webapp/"
        return {
            entry.name.removeprefix(below): content.read()
            for entry in archive
            if entry.name.startswith(below) and (content := archive.extractfile(entry))
        }
