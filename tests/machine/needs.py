"""What the tests of a whole machine need of this one, and what they say when it is not there."""

from __future__ import annotations

import shutil

PROGRAMS = {
    "qemu-system-x86_64": "qemu-system-x86",
    "debootstrap": "debootstrap",
    "mke2fs": "e2fsprogs",
}
"""Programs, and the Debian packages that they come in."""


class Missing(Exception):
    """Something of this machine is not there; the message says what."""


def check() -> None:
    """See that every program is here. Raises `Missing`."""
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        raise Missing(f"Not here: {', '.join(missing)}. Hint: apt install --no-install-recommends {' '.join(missing)}")
