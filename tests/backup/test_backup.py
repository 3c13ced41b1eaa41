"""A backup is restored to see that it holds everything; what is no whole backup touches nothing."""

import json
import zipfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from commandpost.app import create_app
from commandpost.backup.archive import NotABackup
from commandpost.backup.restore import NotEmpty, OtherRevision, restore
from commandpost.backup.save import FileThere, NothingToSave, save
from commandpost.db import Sql, database_at
from commandpost.db.alone import InUse
from commandpost.settings import Settings
from commandpost.workspace.model.config import Config
from tests.support.incidents import Ops
from tests.support.people import PASSWORD, Person, Room
from tests.support.postgres import Postgres
from tests.support.talk import Talk

RESTORED = Sql("SELECT after FROM audit_entries WHERE deed = 'backup.restored'")
USERS = "tables/users.jsonl"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def here(room: Room, database_url: str, tmp_path: Path) -> Settings:
    """The settings of the room's server."""
    return Settings(data_dir=tmp_path / "data", database_url=database_url, environment={})


@pytest.fixture
async def there(postgres: Postgres, tmp_path: Path, target: str) -> AsyncGenerator[Settings]:
    """The settings of a server yet to be."""
    name = await postgres.borrow() if target == "postgresql" else ""
    url = postgres.dsn(name) if name else ""
    yield Settings(data_dir=tmp_path / "new", database_url=url, environment={})
    if name:
        await postgres.give_back(name)


@pytest.fixture
def target() -> str:
    """The kind of database that a backup is restored into."""
    return "sqlite"


async def seen_by_ana(http: httpx.AsyncClient, v0: str, incident: dict[str, Any], file_id: str) -> Any:
    """What tells one server's content from another's."""
    channel = incident["channel_id"]
    paths = [
        "/api/v4/users/me",
        f"/api/v4/channels/{channel}",
        f"/api/v4/channels/{channel}/posts",
        f"/api/v4/users/{incident['commander_user_id']}/image",
        f"/api/v4/files/{file_id}",
        f"{v0}/incidents/{incident['id']}",
        f"{v0}/incidents/{incident['id']}/timeline",
    ]
    answers = [await http.get(path) for path in paths]
    found = await http.post(f"/api/v4/teams/{incident['team_id']}/posts/search", json={"terms": "cart"})
    return [
        (answer.status_code, answer.json() if "json" in answer.headers["content-type"] else answer.content)
        for answer in (*answers, found)
    ]


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
async def test_a_restored_server_holds_what_the_first_one_did_and_goes_on(
    room: Room, ops: Ops, talk: Talk, here: Settings, there: Settings, tmp_path: Path
) -> None:
    incident = await ops.incident(ops.ben)
    query = {"channel_id": incident["channel_id"], "filename": "note.txt"}
    file_id = (await ops.ana.v4.post("/files", params=query, content=b"hello")).json()["file_infos"][0]["id"]
    new = {"channel_id": incident["channel_id"], "message": "it is the cart", "file_ids": [file_id]}
    await ops.ana.post("/posts", new)
    v0 = str(ops.ana.v0.base_url.path).rstrip("/")
    async with client(room.app, ops.ana) as http:
        before = await seen_by_ana(http, v0, incident, file_id)

    await save(here, tmp_path / "backup.zip", room.clock)
    await restore(there, tmp_path / "backup.zip", force=False)

    config = Config(site_url=room.desks.config.site_url)
    app = create_app(database_at(there.database), clock=room.clock, config=config, data_dir=there.data_dir)
    async with app.lifespan(), client(app, ops.ana) as http:
        after = await seen_by_ana(http, v0, incident, file_id)
        posted = await http.post("/api/v4/posts", json={**new, "message": "more", "file_ids": []})
        login = {"login_id": "ben", "password": PASSWORD}
        logged_in = await http.post("/api/v4/users/login", json=login)
        async with app.state.desks.reading() as desk:
            restored = await desk.work.all(RESTORED)
    assert [json.loads(entry["after"])["file"] for entry in restored] == ["backup.zip"]
    assert {status for status, _ in before} == {200}
    assert after == before
    assert (posted.status_code, logged_in.status_code) == (201, 200)


def client(app: Any, person: Person) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {person.token}"}
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://commandpost.test", headers=headers)


@ON_SQLITE
async def test_a_database_that_holds_accounts_is_replaced_only_by_force(
    room: Room, ana: Person, here: Settings, there: Settings, tmp_path: Path
) -> None:
    await save(here, tmp_path / "one.zip", room.clock)
    await room.person("late")
    await save(here, tmp_path / "two.zip", room.clock)
    await restore(there, tmp_path / "two.zip", force=False)

    with pytest.raises(NotEmpty):
        await restore(there, tmp_path / "one.zip", force=False)
    await restore(there, tmp_path / "one.zip", force=True)
    await save(there, tmp_path / "three.zip", room.clock)

    one, three = (rows(tmp_path / name, "users") for name in ("one.zip", "three.zip"))
    assert one == three
    assert len(rows(tmp_path / "two.zip", "users")) == len(one) + 1


def rows(path: Path, table: str) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.read(f"tables/{table}.jsonl").splitlines())


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_nothing_is_restored_under_a_running_server(
    room: Room, ana: Person, here: Settings, tmp_path: Path
) -> None:
    await save(here, tmp_path / "backup.zip", room.clock)

    with pytest.raises(InUse):
        await restore(here, tmp_path / "backup.zip", force=True)

    assert (await ana.get("/users/me")).status_code == 200


@ON_SQLITE
async def test_a_backup_replaces_no_file(room: Room, ana: Person, here: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine")

    with pytest.raises(FileThere):
        await save(here, tmp_path / "mine.zip", room.clock)

    assert (tmp_path / "mine.zip").read_text() == "mine"


@ON_SQLITE
async def test_where_there_is_nothing_there_is_nothing_to_save(room: Room, tmp_path: Path) -> None:
    with pytest.raises(NothingToSave):
        await save(Settings(data_dir=tmp_path / "no", environment={}), tmp_path / "b.zip", room.clock)

    assert not (tmp_path / "no").exists()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def changed(path: Path) -> None:
    rewritten(path, {USERS: b'{"id": "somebody else"}\n'})


def with_a_way_out(path: Path) -> None:
    rewritten(
        path,
        {"manifest.json": (b'"members": {', b'"members": {"../../x": {"size": 1, "sha256": "' + X + b'"},')},
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../x", b"x")


X = b"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
"""The SHA-256 of the letter x."""


def of_another_version(path: Path) -> None:
    rewritten(path, {"manifest.json": (b'"revision": "2', b'"revision": "1')})


def rewritten(path: Path, changes: dict[str, Any]) -> None:
    """Change members: to another content, or by putting one text in the place of another."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            change = changes.get(name, content)
            archive.writestr(name, content.replace(*change) if isinstance(change, tuple) else change)


@ON_SQLITE
@pytest.mark.parametrize(
    ("harm", "refusal"),
    [
        (cut_off, NotABackup),
        (changed, NotABackup),
        (with_a_way_out, NotABackup),
        (of_another_version, OtherRevision),
        (Path.unlink, NotABackup),
    ],
)
async def test_what_cannot_be_trusted_touches_nothing(
    room: Room,
    ana: Person,
    here: Settings,
    there: Settings,
    tmp_path: Path,
    harm: Any,
    refusal: type[Exception],
) -> None:
    path = tmp_path / "backup.zip"
    await save(here, path, room.clock)
    harm(path)

    with pytest.raises(refusal):
        await restore(there, path, force=False)

    assert [*there.data_dir.glob("*")] in ([], [there.data_dir / "commandpost.db.lock"])
