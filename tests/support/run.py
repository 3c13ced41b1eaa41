"""One test run: the folder its processes share, and the profile of the property tests.

The process that pytest was started in owns the run; the workers it starts (pytest-xdist) share its folder.
"""

import fcntl
import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

_FOLDER = "COMMANDPOST_TEST_RUN"

hypothesis.settings.register_profile("commandpost", deadline=None, print_blob=True)
hypothesis.settings.load_profile("commandpost")


def owns_run(config: pytest.Config) -> bool:
    """Whether this process started the run, and is not a worker of it."""
    return not hasattr(config, "workerinput")


def in_run() -> bool:
    """Whether this is a process of a run, and no script that borrows what tests use."""
    return _FOLDER in os.environ


def folder_of_run() -> Path:
    """The folder of this run; gone at its end."""
    return Path(os.environ[_FOLDER])


def pytest_configure(config: pytest.Config) -> None:
    if owns_run(config):
        # A run that is told to end (a time limit, say) puts away its databases as one that is interrupted.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="commandpost-tests-")


def pytest_collection_finish() -> None:
    """Let no collection of garbage look through modules and tests again: they stay to the end of the run."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if owns_run(config):
        shutil.rmtree(folder_of_run())


@contextmanager
def one_at_a_time(what: str) -> Generator[None]:
    """Among all processes of the run, only one is inside at a time."""
    with (folder_of_run() / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
