"""Every file that a user can write, before and after."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SHARED: Final = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/dev/mqueue"), Path("/run/user"))
"""Places where anybody may leave a file."""

LARGEST: Final = 1 << 27

Mark = tuple[int, int, int, int]


def state(*roots: Path, but: tuple[Path, ...] = ()) -> dict[Path, Mark]:
    """Every plain file below `roots`, with what shows that it was changed; nothing below `but`."""
    return {path: mark for root in roots for path, mark in _below(root, but)}


def _below(root: Path, but: tuple[Path, ...]) -> Iterator[tuple[Path, Mark]]:
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name not in but]
        for name in files:
            try:
                found = (here / name).lstat()
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode):
                yield here / name, (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def changed(before: dict[Path, Mark], after: dict[Path, Mark]) -> set[Path]:
    """Files that are new, changed or gone."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def content(path: Path) -> bytes:
    """A file's bytes, its name first; as far as it may be read."""
    try:
        with open(path, "rb") as file:
            return os.fsencode(path) + b"\n" + file.read(LARGEST)
    except OSError:
        return os.fsencode(path)
