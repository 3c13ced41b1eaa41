"""A server carries no library that only some of those who run one use."""

import subprocess
import sys

OF_SOME = ("redis", "jira", "requests", "pagerduty", "httpx2", "authlib")

STARTED = """
import sys
import commandpost.cli.serve
from commandpost.integrations import discovery
discovery.installed()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_server_imports_no_library_of_what_is_not_configured() -> None:
    run = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)

    imported = run.stdout.split()
    assert "litestar" in imported
    assert not set(imported).intersection(OF_SOME)
