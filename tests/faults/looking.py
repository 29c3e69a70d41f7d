"""Looking into processes that do not let themselves be looked into."""

from __future__ import annotations

import os
import subprocess
from typing import Final

import pytest

OWN_WORLD: Final = ("unshare", "--user", "--map-root-user", "--")
"""Where its maker may look into everything, without being root outside."""


def before() -> tuple[str, ...]:
    """What a kiosk is started with so that this test may read its memory: nothing for root, else a user namespace.

    A sitting is not dumpable, so its own user is refused. Whoever made the user namespace that it lives in is not.
    """
    if os.geteuid() == 0:
        return ()
    tried = subprocess.run([*OWN_WORLD, "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.fail("needs root, or user namespaces (kernel.unprivileged_userns_clone), to read a sitting's memory")
    return OWN_WORLD
