"""Compiled files: a sitting cannot write any, so they are made beforehand, and are of their sources."""

from __future__ import annotations

import os
import sys
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from kiosk.launch.integrity import ROOT, ForeignPart, modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THEIRS = ("textual", "rich", "cryptography", "markdown_it", "mdurl", "platformdirs", "typing_extensions")
"""Packages that a sitting may load: one file stands for all, and they are compiled together."""

OPERATORS = ("kiosk/commands/", "kiosk/desk/", "kiosk/doctor/", "kiosk/setup/")
"""Rooms that no visitor's process loads."""

TAG = sys.implementation.cache_tag
"""What this Python puts into the names of compiled files."""

HEAD = 16
"""Bytes before the code in a compiled file: magic, flags, then time and size of the source, or its hash (PEP 552)."""


class ForeignCode(ForeignPart):
    """A compiled file of ours holds other code than its source."""


def ready(without: tuple[str, ...] = ()) -> None:
    """See that nothing of ours, `without` some rooms, has to be compiled, and that what is compiled is ours.

    Raises ForeignCode. Where the folders are not ours to write everything works, more slowly.
    """
    if missing(without) and not make():
        # What goes by time and size was looked at; by a hash, or nothing, Python would take what is anybody's.
        compare(only=_flags)


def missing(without: tuple[str, ...] = ()) -> bool:
    """Whether anything would have to be compiled: a few milliseconds."""
    return not all(map(_fresh, _sources(without))) or not all(map(_usable, _samples()))


def make() -> bool:
    """Compile what is missing. Returns whether nothing is missing any more."""
    import compileall
    from py_compile import PycInvalidationMode

    for source in _sources():
        if not _fresh(source):
            compileall.compile_file(source, force=True, quiet=2, invalidation_mode=PycInvalidationMode.TIMESTAMP)
    for path in _samples():
        if path.name == "__init__.py":
            compileall.compile_dir(path.parent, quiet=2, workers=1)
        else:
            compileall.compile_file(path, quiet=2)
    return not missing()


def compare(only: Callable[[str], object] | None = None) -> None:
    """Compile every module of ours again, or `only` some: a second or two. Raises ForeignCode."""
    for source in filter(only or _usable, _sources()):
        if not _is_of(source):
            raise ForeignCode(f"A compiled file holds other code than its source: {source.removeprefix(ROOT + '/')}.")


def _is_of(source: str) -> bool:
    """Whether a module's compiled file holds what the module says."""
    import marshal

    try:
        with open(cache_from_source(source), "rb") as file:
            file.seek(HEAD)
            found = marshal.load(file)  # noqa: S302  # Python itself would load and run it
    except (ValueError, EOFError, TypeError):
        return False
    with open(source, "rb") as file:
        return bool(found == compile(file.read(), source, "exec", dont_inherit=True))


def _sources(without: tuple[str, ...] = ()) -> Iterator[str]:
    """Every module of ours: they change under a developer's hands."""
    return (f"{ROOT}/{path}" for path in modules() if path.endswith(".py") and not path.startswith(without))


def _samples() -> Iterator[Path]:
    """The first file of each of the others' packages that is installed."""
    for spec in map(find_spec, THEIRS):
        if spec is not None and spec.origin:
            yield Path(spec.origin)


def _head(source: str) -> bytes:
    """The first bytes of a module's compiled file, empty where there is none."""
    folder, _, name = source.rpartition("/")
    try:  # hundreds of files: `cache_from_source` and a file object each would double the time
        descriptor = os.open(f"{folder}/__pycache__/{name[:-3]}.{TAG}.pyc", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    head = os.read(descriptor, HEAD)
    os.close(descriptor)
    return head


def _flags(source: str) -> int:
    """How a compiled file says that it belongs to its source: 0 by time and size, else by a hash or not at all."""
    return int.from_bytes(_head(source)[4:8], "little")


def _fresh(source: str) -> bool:
    """Whether a module's compiled file is there and of this very time and size.

    A hash is no proof: it is no secret, so that a stranger's package can bring a compiled file for ours.
    The time at which our file was installed it cannot know.
    """
    head = _head(source)
    found = os.stat(source)  # noqa: PTH116
    stamp = int(found.st_mtime) & 0xFFFFFFFF
    size = found.st_size & 0xFFFFFFFF
    return head[4:] == bytes(4) + stamp.to_bytes(4, "little") + size.to_bytes(4, "little")


def _usable(source: str | Path) -> bool:
    """Whether Python would take a module's compiled file, as far as its head tells."""
    return _fresh(os.fspath(source)) or _flags(os.fspath(source)) != 0
