"""A world of its own for a process: mounts that nobody else sees, made by root or inside a user namespace."""

from __future__ import annotations

import os
import subprocess
from functools import cache


def alone(*also: str) -> list[str]:
    """The command that goes before a program: what is mounted there is mounted for it alone; `also` as for unshare."""
    own = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *own, "--mount", "--propagation", "private", *also]


@cache
def possible() -> bool:
    """Whether this machine lets us: Ubuntu 24.04 refuses it to everybody but root and a few programs."""
    try:
        mount = ["mount", "-t", "tmpfs", "tmpfs", "/tmp"]  # /tmp of that world alone
        return subprocess.run([*alone(), *mount], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
