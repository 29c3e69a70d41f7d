"""Compiled files: a sitting cannot write any, so they are made beforehand."""

from __future__ import annotations

import os
from importlib.util import cache_from_source, find_spec
from pathlib import Path

OURS = ("kiosk", "schema", "widgets")
"""Our packages, all compiled."""

SERVING = (
    *("kiosk", "kiosk/launch", "schema", "widgets"),
    *("kiosk/supervisor", "kiosk/jail", "kiosk/terminal", "kiosk/sitting", "kiosk/sitting/screens"),
    *("kiosk/sitting/line", "kiosk/sitting/line/pages"),
    *("kiosk/priority", "kiosk/seal", "kiosk/speech"),
)
"""Folders of what serves a visitor; they change under a developer's hands, so every file is looked at."""

THEIRS = ("textual", "rich", "cryptography", "markdown_it", "mdurl", "platformdirs", "typing_extensions")
"""Packages that a sitting may load: one file stands for all, and they are compiled together."""


def missing() -> bool:
    """Whether a sitting would have to compile anything. A few milliseconds."""
    root = Path(__file__).resolve().parents[2]
    for folder in SERVING:
        with os.scandir(root / folder) as entries:
            if any(not _fresh(entry.path) for entry in entries if entry.name.endswith(".py")):
                return True
    return any(not _fresh(os.fspath(path)) for path in map(_sample, THEIRS) if path is not None)


def make() -> bool:
    """Compile what is missing. Returns False where the folder is not ours to write: everything works, more slowly."""
    import compileall

    done = True
    for package in (*OURS, *THEIRS):
        path = _sample(package)
        if path is None:
            continue
        if path.name == "__init__.py":
            done &= bool(compileall.compile_dir(path.parent, quiet=2, workers=1))
        else:
            done &= bool(compileall.compile_file(path, quiet=2))
    return done and not missing()


def _sample(package: str) -> Path | None:
    """The first file of a package, `None` where it is not installed."""
    if package in OURS:
        return Path(__file__).resolve().parents[2] / package / "__init__.py"
    spec = find_spec(package)
    return Path(spec.origin) if spec is not None and spec.origin else None


def _fresh(source: str) -> bool:
    """Whether a file's compiled form is there and of this very source."""
    try:
        with open(cache_from_source(source), "rb", buffering=0) as file:
            head = file.read(16)
        found = os.stat(source)  # noqa: PTH116  # a hundred files: a Path each would double the time
    except OSError:
        return False
    if int.from_bytes(head[4:8], "little") != 0:
        return True  # checked by its hash, or not at all: whoever built it so vouches for it
    stamp = int(found.st_mtime) & 0xFFFFFFFF
    size = found.st_size & 0xFFFFFFFF
    return head[8:12] == stamp.to_bytes(4, "little") and head[12:16] == size.to_bytes(4, "little")
