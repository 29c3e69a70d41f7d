"""A network of one's own, empty: where a kernel allows it, there is nobody to speak to."""

from __future__ import annotations

import ctypes
from typing import Final

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000


def leave() -> bool:
    """Move this process into an empty network; says whether the kernel let it. Distributions may refuse it."""
    return bool(ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK) == 0)
