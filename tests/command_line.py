"""The command line as an operator runs it: a process of its own, without a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def kiosk(*words: str, cwd: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `kiosk` with `extra` in its environment; what it says and its status."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        env={**os.environ, **extra},
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
    )
