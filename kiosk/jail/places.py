"""Where Python, our code and the system's libraries lie: all that a jailed process may read without being told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.jail.landlock import READ, RUN, Access

_SYSTEM: Final = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/terminfo",
    "/usr/share/locale",
    "/usr/share/terminfo",
    "/usr/share/zoneinfo",
)
_SOUND: Final = ("/usr/share/alsa", "/etc/alsa", "/etc/pulse", "/usr/share/espeak-ng-data", "/usr/local/share")
_LOADERS: Final = (
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
    "/lib/ld-musl-x86_64.so.1",
    "/lib/ld-musl-aarch64.so.1",
)
_OURS: Final = ("kiosk", "schema", "widgets", "kiosk.tcss")


def code() -> Iterator[tuple[Path, Access]]:
    """Yield what has to be read for imports to go on: the standard library, installed packages, our own rooms.

    Of the folder our rooms lie in only the rooms are read, because in a working tree anything may lie beside them.
    """
    ours = Path(__file__).resolve().parents[2]
    yield from ((Path(place), READ) for place in _SYSTEM)
    yield from ((Path(prefix, "lib"), READ) for prefix in (sys.prefix, sys.base_prefix))
    yield Path(os.__file__).parent, READ
    yield ours, Access.READ_DIR
    yield from ((ours / name, READ) for name in _OURS)
    for entry in sys.path:
        if entry and Path(entry).resolve() != ours and _is_packages(entry):
            yield Path(entry), READ


def _is_packages(entry: str) -> bool:
    """Whether a folder on the import path holds installed packages, and not a person's files."""
    return Path(entry).name in ("site-packages", "dist-packages", "lib-dynload") or entry.endswith(".zip")


def sound() -> Iterator[tuple[Path, Access]]:
    """Yield the sound card's devices, and where voices and the settings of sound lie."""
    yield Path("/dev/snd"), READ | Access.WRITE_FILE | Access.IOCTL_DEV
    yield from ((Path(place), READ) for place in _SOUND)


def python() -> Iterator[tuple[Path, Access]]:
    """Yield what has to be run to start this Python again: its program, its environment's note, the system's loader."""
    yield Path(sys.executable).resolve(), RUN
    yield Path(sys.prefix, "pyvenv.cfg"), READ
    yield from ((Path(loader), RUN) for loader in _LOADERS)
