"""The review of an incident as a file, over REST v0."""

import csv
import io

import pytest

from tests.support.incidents import Ops
from tests.support.people import Room

FORMATS = {
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
}


@pytest.mark.parametrize("format", FORMATS)
async def test_a_review_is_a_file_for_those_who_may_see_the_incident(
    ops: Ops, room: Room, format: str
) -> None:
    stranger = await room.person("stranger")
    incident = await ops.incident()
    path = f"/review/export/{format}"

    answer = await ops.do(ops.ben, "GET", incident, path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[format]
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert (await ops.do(stranger, "GET", incident, path)).status_code == 403
    assert (await ops.do(ops.ana, "GET", incident, f"{path}?timezone=Nowhere/X")).status_code == 400


async def test_nothing_that_people_wrote_runs_in_the_page(ops: Ops) -> None:
    incident = await ops.incident(name="<b>Down</b>")
    text = "<script>alert(1)</script> [x](javascript:alert(2)) ![y](http://evil.example/p.png)"
    written = await ops.do(ops.ana, "PUT", incident, "/review/document", {"text": text, "version": 0})
    assert written.status_code == 200

    page = (await ops.do(ops.ana, "GET", incident, "/review/export/html")).text

    assert "<title>&lt;b&gt;Down&lt;/b&gt;</title>" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


async def test_events_are_told_in_the_readers_zone_and_are_no_formulas(ops: Ops) -> None:
    incident = await ops.incident(name="=1+1")

    answer = await ops.do(ops.ana, "GET", incident, "/review/export/csv?timezone=Asia/Tokyo")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows[0]["kind"] == "incident_started"
    assert all(row["time"].endswith("+09:00") for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


async def test_pages_hold_names_of_any_script_and_nothing_that_people_wrote_is_run(ops: Ops) -> None:
    incident = await ops.incident(name="Ausfall: Przełącznik, Сервер")
    text = (
        '# Ναί #panic()\n\n| a | b |\n|---|---|\n| **x** `y` | [z](https://a.example) |\n\n1. $x$ #read("/x")'
    )
    await ops.do(ops.ana, "PUT", incident, "/review/document", {"text": text, "version": 0})

    answer = await ops.do(ops.ana, "GET", incident, "/review/export/pdf")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


async def test_follow_ups_stand_below_the_document_with_days_of_the_readers_zone(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    await ops.do(ops.ana, "PUT", incident, "/review/document", {"text": "# It was the cart", "version": 0})
    wanted = {"title": "Fill | it", "assignee_id": ops.ben.id, "due_at": 1_800_000_000_000}
    assert (await ops.do(ops.ana, "POST", incident, "/follow_ups", wanted)).status_code == 201

    text = (await ops.do(ops.ana, "GET", incident, "/review/export/markdown?timezone=UTC")).text
    page = (await ops.do(ops.ana, "GET", incident, "/review/export/html?timezone=Asia/Tokyo")).text

    assert text.startswith("# It was the cart\n\n## Follow-ups\n")
    assert "| Fill \\| it | ben | 2027-01-15 |  |" in text
    assert "<td>2027-01-15</td>" in page
    unknown = await ops.do(ops.ana, "GET", incident, "/review/export/markdown?timezone=Nowhere/X")
    assert unknown.status_code == 400


async def test_a_review_too_long_for_pages_is_refused(ops: Ops) -> None:
    incident = await ops.incident()
    text = "|a|\n|-|\n" + "|**b**|\n" * 6000
    await ops.do(ops.ana, "PUT", incident, "/review/document", {"text": text, "version": 0})

    answer = await ops.do(ops.ana, "GET", incident, "/review/export/pdf")

    assert answer.status_code == 413
    assert "page for printing" in answer.json()["error"]


async def test_everything_is_in_one_document_for_programs(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    await ops.do(ops.ana, "PUT", incident, "/review/document", {"text": "It was the cart", "version": 0})
    await ops.do(ops.ana, "POST", incident, "/follow_ups", {"title": "Mend it"})

    answer = await ops.do(ops.ana, "GET", incident, "/review/export/json?timezone=Asia/Tokyo")

    assert answer.headers["content-disposition"].endswith('.review.json"')
    told = answer.json()
    assert (told["format"], told["version"], told["timezone"]) == ("command-post.review", 1, "Asia/Tokyo")
    assert told["document"]["text"] == "It was the cart"
    assert [one["title"] for one in told["follow_ups"]] == ["Mend it"]
    assert told["incident"]["id"] == told["review"]["incident_id"] == incident["id"]
    assert [one["sequence"] for one in told["events"]] == [*range(1, len(told["events"]) + 1)]
    assert all(one["time"].endswith("+09:00") for one in told["events"])
    assert {one["username"] for one in told["people"]} >= {"ana", "ben"}
    assert told["review"]["people"] == []
