"""Files over REST v4: uploaded, looked into, posted, fetched, and by whom."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from commandpost.workspace.model.channel import ChannelType
from tests.support.disk import TOO_LARGE, files_end_at
from tests.support.people import Person, Room
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(width: int, height: int, *, format: str = "PNG", mode: str = "RGB", **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (width, height), "red").save(stream, format, **more)
    return stream.getvalue()


async def upload(
    person: Person, channel_id: str, content: bytes = b"hello", name: str = "note.txt", kind: str = "x/y"
) -> httpx.Response:
    return await person.v4.post(
        "/files", data={"channel_id": channel_id}, files=[("files", (name, content, kind))]
    )


async def uploaded(person: Person, talk: Talk, content: bytes = b"hello", name: str = "note.txt") -> Any:
    answer = await upload(person, talk.channel_id, content, name)
    assert answer.status_code == 201, answer.text
    return answer.json()["file_infos"][0]


async def test_a_file_is_uploaded_posted_and_fetched(ana: Person, ben: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk, b"hello", "Notes.TXT")
    made = await talk.say(ana, "see", file_ids=[info["id"]])

    fetched = await ben.get(f"/files/{info['id']}")
    after = (await ben.get(f"/files/{info['id']}/info")).json()

    assert info["name"] == "Notes.TXT"
    assert (info["extension"], info["size"], info["mime_type"]) == ("txt", 5, "text/plain")
    assert "post_id" not in info
    assert made["file_ids"] == [info["id"]]
    assert [file["id"] for file in made["metadata"]["files"]] == [info["id"]]
    assert after["post_id"] == made["id"]
    assert fetched.content == b"hello"
    assert fetched.headers["content-length"] == "5"
    assert (await ben.get(f"/posts/{made['id']}/files/info")).json() == [after]


async def test_several_files_come_with_the_clients_own_ids_and_the_channel_last(
    ana: Person, talk: Talk
) -> None:
    parts = [
        ("client_ids", (None, "one")),
        ("files", ("a.txt", b"a")),
        ("client_ids", (None, "two")),
        ("files", ("b.txt", b"b")),
        ("channel_id", (None, talk.channel_id)),
    ]

    answer = (await ana.v4.post("/files", files=parts)).json()

    assert [file["name"] for file in answer["file_infos"]] == ["a.txt", "b.txt"]
    assert answer["client_ids"] == ["one", "two"]


async def test_without_room_for_temporary_files_an_upload_can_be_tried_again(ana: Person, talk: Talk) -> None:
    query = {"channel_id": talk.channel_id, "filename": "dump.bin"}

    with files_end_at():
        refused = await ana.v4.post("/files", params=query, content=TOO_LARGE)
    again = await ana.v4.post("/files", params=query, content=TOO_LARGE)

    assert (refused.status_code, again.status_code) == (503, 201), refused.text
    assert refused.headers["Retry-After"] == "1"
    assert "no room" in refused.json()["message"]


async def test_a_post_shows_its_files_in_its_own_order(ana: Person, talk: Talk) -> None:
    parts = [("channel_id", (None, talk.channel_id)), *(("files", (f"{n}.txt", b"x")) for n in range(5))]
    uploaded = [info["id"] for info in (await ana.v4.post("/files", files=parts)).json()["file_infos"]]
    ids = [*reversed(uploaded[:3]), *uploaded[3:]]

    made = await talk.say(ana, "five", file_ids=ids)

    assert [file["id"] for file in made["metadata"]["files"]] == ids
    infos = (await ana.get(f"/posts/{made['id']}/files/info")).json()
    assert [file["id"] for file in infos] == ids


async def test_a_body_may_be_the_file_itself(ana: Person, talk: Talk) -> None:
    query = {"channel_id": talk.channel_id, "filename": "raw.bin", "client_id": "mine"}

    answer = await ana.v4.post("/files", params=query, content=b"\x00\x01\x02")

    assert answer.status_code == 201
    info = answer.json()["file_infos"][0]
    assert (info["name"], info["size"], info["mime_type"]) == ("raw.bin", 3, "application/octet-stream")
    assert answer.json()["client_ids"] == ["mine"]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (picture(1, 1), "lie.txt", "image/png"),
        (picture(1, 1, format="JPEG"), "x", "image/jpeg"),
        (picture(1, 1, format="WEBP"), "x.webp", "image/webp"),
        (HTML, "lie.png", "text/html"),
        (b"  <!-- x --> <SCRIPT>1</SCRIPT>", "x.md", "text/html"),
        (SVG, "x.svg", "image/svg+xml"),
        (b"%PDF-1.7 ...", "x.pdf", "application/pdf"),
        (
            b"PK\x03\x04....",
            "x.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04....", "x.zip", "application/zip"),
        ("größe,ü\n".encode(), "x.csv", "text/csv"),
        ("ü".encode() * 3000, "x.txt", "text/plain"),
        (b"\xff\xfe\x00\x01", "x.txt", "application/octet-stream"),
        (b"", "empty.txt", "text/plain"),
    ],
)
async def test_what_a_file_is_comes_from_its_bytes(
    ana: Person, talk: Talk, content: bytes, name: str, kind: str
) -> None:
    assert (await uploaded(ana, talk, content, name))["mime_type"] == kind


@pytest.mark.parametrize("content", [HTML, SVG])
async def test_what_a_browser_would_run_is_sent_as_text_to_be_saved(
    ana: Person, talk: Talk, content: bytes
) -> None:
    info = await uploaded(ana, talk, content, "page.html")

    fetched = await ana.get(f"/files/{info['id']}")

    assert fetched.headers["content-type"] == "text/plain; charset=utf-8"
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in fetched.headers["content-security-policy"]


async def test_names_are_only_names(ana: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk, b"x", '../../etc/"pass\u202ewörd".tar.gz')

    fetched = await ana.get(f"/files/{info['id']}")

    assert info["name"] == '"passwörd".tar.gz'
    assert info["extension"] == "gz"
    disposition = fetched.headers["content-disposition"]
    assert 'filename="_passw_rd_.tar.gz"' in disposition
    assert "filename*=UTF-8''%22passw%C3%B6rd%22.tar.gz" in disposition


async def test_pictures_have_a_size_a_thumbnail_and_a_preview(ana: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk, picture(3000, 1500), "big.png")

    shown = await ana.get(f"/files/{info['id']}")
    sizes = [
        Image.open(io.BytesIO((await ana.get(f"/files/{info['id']}/{which}")).content)).size
        for which in ("thumbnail", "preview")
    ]

    assert (info["width"], info["height"], info["has_preview_image"]) == (3000, 1500, True)
    assert sizes == [(240, 120), (1920, 960)]
    assert shown.headers["content-disposition"].startswith("inline")
    saved = await ana.get(f"/files/{info['id']}", params={"download": 1})
    assert saved.headers["content-disposition"].startswith("attachment")


async def test_a_turned_picture_is_shown_upright(ana: Person, talk: Talk) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    info = await uploaded(ana, talk, picture(300, 100, format="JPEG", exif=exif), "turned.jpg")
    preview = await ana.get(f"/files/{info['id']}/preview")

    assert (info["width"], info["height"]) == (100, 300)
    assert Image.open(io.BytesIO(preview.content)).size == (100, 300)


async def test_a_huge_picture_in_a_small_file_is_never_unpacked(ana: Person, talk: Talk) -> None:
    bomb = picture(8_000, 8_000, mode="1")
    assert len(bomb) < 200_000

    info = await uploaded(ana, talk, bomb, "bomb.png")

    assert (info["width"], info["height"]) == (8_000, 8_000)
    assert "has_preview_image" not in info
    answer = await ana.get(f"/files/{info['id']}/preview")
    assert error_of(answer) == (400, "api.file.get_file_preview.no_preview.app_error")


async def test_a_broken_picture_is_kept_as_a_file(ana: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk, picture(50, 50)[:60], "broken.png")

    assert info["mime_type"] == "image/png"
    assert "width" not in info
    assert (await ana.get(f"/files/{info['id']}")).status_code == 200


async def test_a_file_larger_than_allowed_is_refused(room: Room, ana: Person, talk: Talk) -> None:
    room.configure(max_file_size=10)
    query = {"channel_id": talk.channel_id, "filename": "x"}

    in_a_form = await upload(ana, talk.channel_id, b"x" * 11)
    as_body = await ana.v4.post("/files", params=query, content=b"x" * 11)
    announced = await ana.v4.post("/files", params=query, content=b"x" * 2_000_000)

    too_large = (413, "api.file.upload_file.too_large_detailed.app_error")
    assert [error_of(answer) for answer in (in_a_form, as_body, announced)] == [too_large] * 3
    assert (await upload(ana, talk.channel_id, b"x" * 10)).status_code == 201


async def test_uploads_that_make_no_sense_are_refused(ana: Person, talk: Talk) -> None:
    bad_body = (400, "api.context.invalid_body_param.app_error")
    no_files = (400, "api.file.upload_file.no_files.app_error")
    many = [("files", (f"{n}.txt", b"x")) for n in range(11)]
    channel = {"channel_id": talk.channel_id}

    assert error_of(await ana.v4.post("/files", data=channel)) == bad_body
    assert error_of(await ana.v4.post("/files", data=channel, files={"other": ("x", b"x")})) == no_files
    assert error_of(await ana.v4.post("/files", data=channel, files=many)) == no_files
    assert error_of(await upload(ana, "")) == bad_body
    assert error_of(await upload(ana, "nowhere")) == bad_body
    assert error_of(await ana.v4.post("/files", params=channel, content=b"x")) == bad_body
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await ana.v4.post("/files", content=b"--y\r\nnothing", headers=broken)).status_code == 400
    unbound = {"Content-Type": "multipart/form-data"}
    assert (await ana.v4.post("/files", content=b"--y\r\nnothing", headers=unbound)).status_code == 400


async def test_files_can_be_switched_off(room: Room, ana: Person, talk: Talk) -> None:
    room.configure(enable_file_attachments=False)

    assert error_of(await upload(ana, talk.channel_id)) == (501, "api.file.attachments.disabled.app_error")


async def test_only_members_upload_and_read(room: Room, ana: Person, admin: Person, talk: Talk) -> None:
    outsider = await room.person("cy")
    secret = await talk.another("secret", ana, type=ChannelType.PRIVATE)
    info = await uploaded(ana, secret, picture(10, 10), "x.png")
    await secret.say(ana, "see", file_ids=[info["id"]])

    assert error_of(await upload(outsider, secret.channel_id)) == FORBIDDEN
    assert error_of(await upload(ana, "a" * 26)) == FORBIDDEN
    for part in ("", "/thumbnail", "/preview", "/info"):
        assert error_of(await outsider.get(f"/files/{info['id']}{part}")) == FORBIDDEN
        assert (await admin.get(f"/files/{info['id']}{part}")).status_code == 200
    assert (await room.stranger().get(f"/files/{info['id']}")).status_code == 401


async def test_an_unposted_file_is_its_uploaders_alone(ana: Person, ben: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk)

    assert error_of(await ben.get(f"/files/{info['id']}")) == FORBIDDEN
    assert (await ana.get(f"/files/{info['id']}")).status_code == 200


async def test_a_file_is_posted_once_and_by_its_uploader(ana: Person, ben: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk)
    body = {"channel_id": talk.channel_id, "message": "see", "file_ids": [info["id"]]}
    refused = (400, "model.post.is_valid.file_ids.app_error")

    assert error_of(await ben.post("/posts", body)) == refused
    assert (await ana.post("/posts", body)).status_code == 201
    assert error_of(await ana.post("/posts", body)) == refused
    assert await talk.messages(ana) == ["see"]


async def test_at_most_ten_files_go_into_a_post(ana: Person, talk: Talk) -> None:
    infos = [await uploaded(ana, talk) for _ in range(11)]
    ids = [info["id"] for info in infos]

    many = await ana.post("/posts", {"channel_id": talk.channel_id, "message": "x", "file_ids": ids})

    assert error_of(many) == (400, "model.post.is_valid.file_ids.app_error")
    assert (await talk.say(ana, "x", file_ids=ids[:10]))["file_ids"] == ids[:10]


async def test_a_deleted_post_takes_its_files_along(ana: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk)
    made = await talk.say(ana, "see", file_ids=[info["id"]])

    await ana.delete(f"/posts/{made['id']}")

    assert error_of(await ana.get(f"/files/{info['id']}")) == (404, "app.file_info.get.app_error")


@pytest.mark.parametrize(
    ("asked", "part", "range_"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=5-99", b"56789", "bytes 5-9/10"),
        ("bytes=10-", b"0123456789", None),
        ("bytes=3-1", b"0123456789", None),
        ("lines=1-2", b"0123456789", None),
    ],
)
async def test_a_part_of_a_file_can_be_fetched(
    ana: Person, talk: Talk, asked: str, part: bytes, range_: str | None
) -> None:
    info = await uploaded(ana, talk, b"0123456789")

    answer = await ana.get(f"/files/{info['id']}", headers={"Range": asked})

    assert answer.content == part
    assert answer.status_code == (206 if range_ else 200)
    assert answer.headers.get("content-range") == range_


async def test_there_are_no_public_links(ana: Person, talk: Talk) -> None:
    info = await uploaded(ana, talk)

    answer = await ana.get(f"/files/{info['id']}/link")

    assert error_of(answer) == (501, "api.file.get_public_link.disabled.app_error")
