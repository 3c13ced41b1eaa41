"""`/.well-known/security.txt` names whom to write to, once an administrator has said so."""

from tests.support.people import SITE, Person, Room


async def test_whom_to_tell_of_a_weakness_is_said_once_it_is_set(room: Room, admin: Person) -> None:
    address = f"{SITE}/.well-known/security.txt"
    assert (await room.stranger().v4.get(address)).status_code == 404
    contact = {"SupportSettings": {"SecurityContact": "mailto:security@example.com"}}
    assert (await admin.put("/config/patch", contact)).status_code == 200

    answer = await room.stranger().v4.get(address)

    lines = [
        "Contact: mailto:security@example.com",
        "Expires: 2021-03-12T00:00:00Z",
        "Preferred-Languages: en, de",
    ]
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == lines
    room.configure(site_url="https://post.example/")
    canonical = "Canonical: https://post.example/.well-known/security.txt"
    assert (await room.stranger().v4.get(address)).text.splitlines() == [*lines, canonical]


async def test_a_contact_is_an_address_on_one_line(admin: Person) -> None:
    for contact in ("security@example.com", "mailto:a@b.example\nContact: mailto:eve@x.example", "http://x"):
        answer = await admin.put("/config/patch", {"SupportSettings": {"SecurityContact": contact}})
        assert answer.status_code == 400, contact
