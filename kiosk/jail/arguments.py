"""A process's command line, which every account of the machine may read, and which it could write words into."""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path
from typing import Final

_PR_SET_NAME: Final = 15
_PR_SET_MM: Final = 35
_PR_SET_MM_MAP: Final = 14
_NO_FILE: Final = 0xFFFFFFFF
# places of what `struct prctl_mm_map` begins with, in /proc/PID/stat (proc(5)), counted from 1
_START_CODE, _END_CODE, _STACK, _START_DATA, _END_DATA, _BREAK = 26, 27, 28, 45, 46, 47


def forget(name: str) -> bool:
    """Let the kernel show no command line of this process any more, and `name` (15 letters) in its place.

    Says whether the kernel did. Needs no right (PR_SET_MM_MAP, prctl(2)), but a kernel with CHECKPOINT_RESTORE, as the
    distributions have. What the area held stays in this process's memory, where nobody reads it.
    """
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)
    libc.sbrk.restype = ctypes.c_void_p
    try:
        found = [int(word) for word in Path("/proc/self/stat").read_text().rpartition(")")[2].split()[1:]]
    except OSError:
        return False
    at = {place: found[place - 4] for place in (_START_CODE, _END_CODE, _STACK, _START_DATA, _END_DATA, _BREAK)}
    code, data = (at[_START_CODE], at[_END_CODE]), (at[_START_DATA], at[_END_DATA])
    heap = (at[_BREAK], libc.sbrk(0))
    nothing = (at[_STACK],) * 4
    wanted = struct.pack("=11QQII", *code, *data, *heap, at[_STACK], *nothing, 0, 0, _NO_FILE)
    size = ctypes.c_ulong(len(wanted))
    return bool(libc.prctl(_PR_SET_MM, ctypes.c_ulong(_PR_SET_MM_MAP), wanted, size, ctypes.c_ulong(0)) == 0)
