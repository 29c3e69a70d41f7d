"""Compiled files: a sitting cannot write any, so they are made beforehand."""

from __future__ import annotations

import os
from importlib.util import cache_from_source, find_spec
from pathlib import Path

OURS = ("kiosk", "schema", "widgets")
"""Packages that change under a developer's hands: every file is looked at."""

THEIRS = ("textual", "rich", "cryptography", "markdown_it", "mdurl", "platformdirs", "typing_extensions")
"""Packages that a sitting may load: one file stands for all, and they are compiled together."""


def missing() -> bool:
    """Whether a sitting would have to compile anything. A few milliseconds."""
    if any(not _fresh(path) for package in OURS for path in _folder(package).rglob("*.py")):
        return True
    return any(not _fresh(path) for path in map(_sample, THEIRS) if path is not None)


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


def _folder(package: str) -> Path:
    """Where one of our packages lies."""
    return Path(__file__).resolve().parent.parent / package


def _sample(package: str) -> Path | None:
    """The first file of a package, `None` where it is not installed."""
    if package in OURS:
        return _folder(package) / "__init__.py"
    spec = find_spec(package)
    return Path(spec.origin) if spec is not None and spec.origin else None


def _fresh(source: Path) -> bool:
    """Whether a file's compiled form is there and of this very source."""
    try:
        with open(cache_from_source(os.fspath(source), optimization=""), "rb", buffering=0) as file:
            head = file.read(16)
        found = source.stat()
    except OSError:
        return False
    if int.from_bytes(head[4:8], "little") != 0:
        return True  # checked by its hash, or not at all: whoever built it so vouches for it
    stamp = int(found.st_mtime) & 0xFFFFFFFF
    size = found.st_size & 0xFFFFFFFF
    return head[8:12] == stamp.to_bytes(4, "little") and head[12:16] == size.to_bytes(4, "little")
