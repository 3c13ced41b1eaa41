"""The review of an incident as a file, over REST v0."""

import csv
import io

import pytest

from tests.support.incidents import Ops
from tests.support.people import Room

FORMATS = {"markdown": "text/markdown", "html": "text/html", "csv": "text/csv"}


@pytest.mark.parametrize("format", FORMATS)
async def test_a_review_is_a_file_for_those_who_may_see_the_incident(
    ops: Ops, room: Room, format: str
) -> None:
    stranger = await room.person("stranger")
    incident = await ops.incident()
    path = f"/review/export/{format}"

    answer = await ops.do(ops.ben, "GET", incident, path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{FORMATS[format]}; charset=utf-8"
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
