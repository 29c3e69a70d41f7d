"""Looking into processes that do not let themselves be looked into."""

from __future__ import annotations

import os
from typing import Final

OWN_WORLD: Final = ("unshare", "--user", "--map-root-user", "--")
"""Where its maker may look into everything, without being root outside."""
NEEDED: Final = () if os.geteuid() == 0 else ("unshare", "namespaces")
"""What a test that looks so needs of its machine."""


def before() -> tuple[str, ...]:
    """What a kiosk is started with so that this test may read its memory: nothing for root, else a user namespace.

    A sitting is not dumpable, so its own user is refused. Whoever made the user namespace that it lives in is not.
    """
    return () if os.geteuid() == 0 else OWN_WORLD
