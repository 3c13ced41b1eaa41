"""How long the review of a large incident takes: `python -m bench.large_review`.

A server of our own on SQLite and one on PostgreSQL. The incident has 60 tasks, 500 events beside those
of its 5,000 posts, and 200 earlier runs of its playbook; all come in as archives. The data of its review
page is asked for over HTTP, by an administrator.
"""

import asyncio
import io
import json
import random
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx

from bench.client import Connection
from bench.servers import Running, own_server, postgresql
from bench.stage import PASSWORD, V0, set_up

_ADMIN = "bench-admin"
_TASKS, _STAGES = 60, 6
_POSTS, _OTHER = 5000, 440
_RUNS = 200
_TIMES = 11
_MINUTE = 60_000
_BEGIN = 1_764_579_600_000
_CREW = [f"person{number}" for number in range(12)]


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- the report is what this program is for


def _run(number: int, dice: random.Random, *, posts: int = 0, other: int = 0) -> bytes:
    """An archive of a run: its tasks one after another, and what was said and passed on between."""
    ids = [(f"s{at * _STAGES // _TASKS}", f"t{at}", f"Task {at}") for at in range(_TASKS)]
    stages = [
        {
            "id": f"s{at}",
            "title": f"Stage {at}",
            "tasks": [{"id": b, "title": c} for a, b, c in ids if a == f"s{at}"],
        }
        for at in range(_STAGES)
    ]
    name = {"name": f"Outage {number}", "commander_id": _CREW[0], "stages": stages, "playbook_id": "outage"}
    minute, told = 0.0, [(0.0, "incident_started", _CREW[0], dict[str, Any](name))]
    told += [(0.0, "member_joined", _CREW[0], {"user_id": one}) for one in _CREW]
    for stage, task, title in ids:
        minute += dice.choice((2, 3, 4, 5, 40))
        about = {"stage_id": stage, "task_id": task, "title": title}
        told.append((minute, "task_ticked", dice.choice(_CREW), about))
    said: list[dict[str, Any]] = []
    for at in range(posts):
        when, who = dice.uniform(0, minute), dice.choice(_CREW)
        text = dice.choice(("Looking", "@person3 is that so?", "Still the same", "Who knows the key?"))
        post = {"id": f"p{at}", "author_id": who, "create_at": _at(number, when), "message": text}
        said.append(post)
        told.append((when, "post_seen", who, {"post_id": f"p{at}", "author_id": who}))
    for _ in range(other):
        stage, task, title = dice.choice(ids)
        about = {"stage_id": stage, "task_id": task, "title": title, "to_id": dice.choice(_CREW)}
        told.append((dice.uniform(0, minute), "task_assigned", _CREW[0], about))
    told.append((minute + 2, "incident_ended", _CREW[0], {}))
    told.sort(key=lambda one: one[0])
    events = [
        {"sequence": place, "kind": kind, "at": _at(number, when), "actor_id": who, "payload": payload}
        for place, (when, kind, who, payload) in enumerate(told, start=1)
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.jsonl", "\n".join(map(json.dumps, events)))
        archive.writestr(
            "posts.jsonl", "\n".join(map(json.dumps, sorted(said, key=lambda one: one["create_at"])))
        )
    return content.getvalue()


def _at(number: int, minute: float) -> int:
    return _BEGIN + number * 86_400_000 + round(minute * _MINUTE)


async def measure(running: Running) -> None:
    """Fill the server, and ask it."""
    dice = random.Random(7)
    stage = await set_up(running.url, _ADMIN, PASSWORD, connections=1)
    admin = await Connection(stage.url, stage.token).open()
    large = _run(_RUNS, dice, posts=_POSTS, other=_OTHER)
    headers = {"Authorization": f"Bearer {stage.token}"}
    incident_id = ""
    async with httpx.AsyncClient(base_url=stage.url, headers=headers, timeout=60) as client:
        for content in (*(_run(number, dice) for number in range(_RUNS)), large):
            made = await client.post(f"{V0}/archives", params={"team_id": stage.team_id}, content=content)
            incident_id = made.raise_for_status().json()["id"]
    took: list[float] = []
    size = gaps = runs = 0
    for _ in range(_TIMES):
        begun = time.perf_counter()
        answer = await admin.ask("GET", f"{V0}/incidents/{incident_id}/review")
        took.append(time.perf_counter() - begun)
        review = json.loads(answer.body)
        size, gaps, runs = len(answer.body), len(review["gaps"]), review["past_runs"]
    took.sort()
    least, middle, most = (f"{1000 * took[at]:.0f}" for at in (0, _TIMES // 2, -1))
    _say(
        f"{running.name}: {middle} ms (from {least} to {most}),"
        f" {size} bytes, {gaps} gaps, {runs} earlier runs compared (aim: 200 ms)"
    )


def main() -> None:
    """Both databases, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        with own_server("SQLite", f"sqlite:///{name}/bench.db", Path(name)) as running:
            asyncio.run(measure(running))
        with postgresql() as (url, pid), own_server("PostgreSQL", url, Path(name), pid) as running:
            asyncio.run(measure(running))


if __name__ == "__main__":
    main()
