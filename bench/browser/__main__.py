"""Measure the web app in headless Chromium on our own server, with its database in SQLite.

Everything in one go takes about five minutes on two free cores.
"""

import argparse
import asyncio
import os
import platform
import tempfile
import time
from pathlib import Path

from bench.browser import measures
from bench.browser.stage import build
from bench.browser.window import chromium
from bench.servers import own_server

_PARTS = ("load", "switch", "long", "soak")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- the report is what this program is for


async def report(arguments: argparse.Namespace) -> None:
    """Build the stage and measure the wanted parts one after another."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-web-") as name:
        folder = Path(name)
        database_url = f"sqlite:///{folder}/bench.db"
        with own_server("SQLite", database_url, folder) as running:
            ids = await build(running.url, database_url, arguments.posts)
            async with chromium() as browser:
                say(_measured_with(browser.version))
                parts = {
                    "load": lambda: measures.first_load(browser, running.url, arguments.times),
                    "switch": lambda: measures.switches(browser, running.url, arguments.times * 4),
                    "long": lambda: measures.long_channel(
                        browser,
                        running.url,
                        ids,
                        posts=arguments.posts,
                        keys=arguments.keys,
                        scroll_s=arguments.scroll_seconds,
                    ),
                    "soak": lambda: measures.soak(browser, running.url, ids, arguments.soak_seconds),
                }
                for part in arguments.only or _PARTS:
                    say("\n".join(await parts[part]()))
    say(f"all of it took {(time.perf_counter() - begun) / 60:.1f} minutes")


def _measured_with(version: str) -> str:
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    machine = f"{os.cpu_count()} cores, load {loads}"
    return f"Chromium {version} headless on {platform.system()}, {machine}; server and browser share it"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.browser", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=_PARTS, default=[], help="default: all of them")
    parser.add_argument("--times", type=int, default=10, help="first loads; switches are four times as many")
    parser.add_argument("--posts", type=int, default=50_000, help="posts of the long channel; all are loaded")
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--scroll-seconds", type=float, default=15)
    parser.add_argument("--soak-seconds", type=int, default=100)
    asyncio.run(report(parser.parse_args()))


if __name__ == "__main__":
    main()
