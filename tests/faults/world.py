"""A disk of a few megabytes that only one kiosk sees: it can be filled, emptied and made read-only under it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from tests.faults.visitor import Visitor
from tests.own_world import alone

MEGABYTES: Final = 6
NEEDED: Final = ("unshare", "mount", "nsenter", "namespaces")
"""What a test with such a disk needs of its machine."""
_SCRIPT: Final = """
mount -t tmpfs -o size="$1",mode=700 tmpfs "$3" && cp -a "$2/." "$3/" && eval "$4" || exit 99
shift 4
"$@"
exit $?
"""
FULL: Final = 'head -c 64M /dev/zero > "$3/filler" 2>/dev/null; chmod 600 "$3/filler"; true'
READ_ONLY: Final = 'mount --bind "$3" "$3" && mount -o remount,ro,bind "$3"'


class Disk:
    """A disk that holds a copy of a station, mounted for one kiosk alone."""

    def __init__(self, station: Path, home: Path, prepare: str = "true") -> None:
        home.mkdir(mode=0o700)
        self._home = home
        words = [f"{MEGABYTES}m", str(station), str(home), prepare]
        self.before = [*alone(), "sh", "-c", _SCRIPT, "sh", *words]
        """What the kiosk is started with."""

    def inside(self, visitor: Visitor) -> Path:
        """The data folder as its kiosk sees it."""
        return Path(f"/proc/{visitor.process.pid}/root") / self._home.relative_to("/")

    def fill(self, visitor: Visitor) -> None:
        """Leave not one byte free."""
        with open(self.inside(visitor) / "filler", "wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    def empty(self, visitor: Visitor) -> None:
        """Take away what filled it."""
        (self.inside(visitor) / "filler").unlink()

    def protect(self, visitor: Visitor) -> None:
        """Make it read-only, whatever is open on it: by a second mount on top."""
        self._there(visitor, "mount", "--bind", str(self._home), str(self._home))
        self._there(visitor, "mount", "-o", "remount,ro,bind", str(self._home))

    def unprotect(self, visitor: Visitor) -> None:
        """Make it writable again."""
        self._there(visitor, "mount", "-o", "remount,rw,bind", str(self._home))

    def _there(self, visitor: Visitor, *command: str) -> None:
        own = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        there = ["nsenter", "--mount", *own, "--target", str(visitor.process.pid)]
        subprocess.run([*there, *command], check=True, capture_output=True)
