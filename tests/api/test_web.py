"""The web app's files and pages, and what stays the API's."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from litestar.types import Receive, Scope, Send

from commandpost.api.web import WebApp
from tests.support.people import Room

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
async def site(tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """A built app of a page and a script before an API that answers 404 to all."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "main-1a2b.js").write_text("plain")
    (tmp_path / "assets" / "main-1a2b.js.br").write_text("small")

    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b"{}", "more_body": False})

    app = WebApp(api, routes=["/api/v4/posts", "/metrics", "/"], files=tmp_path)
    transport = httpx.ASGITransport(app=app)  # pyright: ignore[reportArgumentType]
    async with httpx.AsyncClient(transport=transport, base_url="http://commandpost.test") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/login", "/acme/channels/town-square", "/acme/messages/@ana.b"])
async def test_a_browser_gets_the_page_at_every_address_of_the_ui(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path, headers=PAGE)

    assert (answer.status_code, answer.text) == (200, "<!doctype html>")
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/api/v4/nothing", "/api", "/metrics", "/assets/gone.js"])
async def test_what_is_the_apis_or_a_missing_file_is_no_page(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path, headers=PAGE)

    assert answer.status_code == 404


async def test_a_script_that_asks_for_an_unknown_address_gets_the_apis_404(site: httpx.AsyncClient) -> None:
    assert (await site.get("/acme/channels/town-square")).status_code == 404


async def test_nothing_but_the_apps_files_can_be_had(site: httpx.AsyncClient, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.js").write_text("secret")

    answer = await site.get("/assets/..%2f..%2fsecret.js")

    assert answer.status_code == 404


async def test_files_are_kept_for_ever_and_sent_small(site: httpx.AsyncClient) -> None:
    answer = await site.get("/assets/main-1a2b.js", headers={"Accept-Encoding": "gzip, br"})
    plain = await site.get("/assets/main-1a2b.js", headers={"Accept-Encoding": "identity"})

    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-length"] == "5"
    assert "immutable" in answer.headers["cache-control"]
    assert plain.text == "plain"


async def test_a_head_request_gets_no_body(site: httpx.AsyncClient) -> None:
    answer = await site.head("/")

    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "15")


async def test_the_page_may_run_nothing_but_our_files(room: Room) -> None:
    answer = await room.stranger().v4.get("http://commandpost.test/", headers=PAGE)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
