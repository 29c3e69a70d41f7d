"""Where an HMIS export lies: a folder or a zip of CSV files, opened one by one, and only those that are asked for."""

from __future__ import annotations

import mmap
import os
import stat
import struct
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Protocol

from kiosk.desk.merging.merge_errors import BadFile

if TYPE_CHECKING:
    from zipfile import ZipFile

WORKBOOK: Final = "xl/workbook.xml"
MOST_FILES: Final = 1_000
"""The most entries of a folder or a zip."""
LARGEST: Final = 2 * 1024**3
"""The most bytes that one file of a zip may unpack to."""
DENSEST: Final = 200
"""How many times its packed size a file of more than `SMALL` bytes may unpack to; CSV reaches about 30."""
SMALL: Final = 16 * 1024**2
_END: Final = b"PK\x05\x06"


class Source(Protocol):
    """Gives the files of an export."""

    def has(self, name: str) -> bool:
        """Whether the export has this file."""

    def opened(self, name: str) -> AbstractContextManager[bytes | memoryview]:
        """The bytes of one file. Raises BadFile when it is missing or not what it seems."""


def source(path: Path) -> Source:
    """The export at `path`. Raises BadFile when nothing of the kind is there."""
    if path.is_dir():
        return Folder(path)
    with plain_file(path) as file:
        return Zipped(path, os.fstat(file.fileno()).st_size)


def is_export(path: Path) -> bool:
    """Whether a path is an HMIS export (a folder, or a zip), not a list of one file."""
    if path.is_dir():
        return True
    with plain_file(path) as file:
        zipped = file.read(2) == b"PK"
    return zipped and not is_workbook(path)


def is_workbook(path: Path) -> bool:
    """Whether a file is an XLSX workbook, not an export in a zip."""
    from zipfile import BadZipFile, ZipFile

    with plain_file(path) as file:
        if file.read(2) != b"PK":
            return False
        file.seek(0)
        try:
            with ZipFile(file) as archive:
                return WORKBOOK in archive.namelist()
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            return False


def plain_file(path: Path) -> IO[bytes]:
    """Open a plain file, unbuffered. Raises BadFile; never waits for a pipe or a device."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError as error:
        raise BadFile(f"{shown(path)} cannot be opened ({error.strerror}).") from None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise BadFile(f"{shown(path)} is not a plain file.")
    return os.fdopen(file, "rb", buffering=0)


def shown(path: Path) -> str:
    """A file's name as a message may hold it."""
    return path.name if path.name.isprintable() else ascii(path.name)


class Folder:
    """A folder of CSV files."""

    def __init__(self, path: Path) -> None:
        with os.scandir(path) as entries:
            self._files = _by_name((entry.name for entry in entries), shown(path))
        self._path = path

    def has(self, name: str) -> bool:
        """Whether the folder has this file, whatever the case of its name."""
        return name.casefold() in self._files

    @contextmanager
    def opened(self, name: str) -> Iterator[bytes | memoryview]:
        """The bytes of one file, mapped and not copied."""
        if not self.has(name):
            raise _missing(name)
        with plain_file(self._path / self._files[name.casefold()]) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise BadFile(f"{name} is far larger than any list.")
            if not size:
                yield b""
                return
            yield memoryview(mmap.mmap(file.fileno(), size, prot=mmap.PROT_READ))  # goes when its last view does


class Zipped:
    """A zip of CSV files, at any depth. Nothing is ever unpacked to a disk, so a file's path in it has no effect."""

    def __init__(self, path: Path, size: int) -> None:
        from zipfile import BadZipFile, ZipFile

        self._said = shown(path)
        _check_directory(path, size, self._said)
        try:
            self._zip: ZipFile = ZipFile(path)
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            raise BadFile(f"{self._said} is neither a folder nor a zip of CSV files.") from None
        self._files = _by_name(self._zip.namelist(), self._said)

    def has(self, name: str) -> bool:
        """Whether the zip has this file, in whatever folder."""
        return name.casefold() in self._files

    @contextmanager
    def opened(self, name: str) -> Iterator[bytes | memoryview]:
        """The bytes of one file, in memory. Raises BadFile for one that would unpack to far more than any list."""
        if not self.has(name):
            raise _missing(name)
        about = self._zip.getinfo(self._files[name.casefold()])
        if about.flag_bits & 1:
            raise BadFile(f"{name} is encrypted.")
        dense = about.file_size > SMALL and about.file_size > DENSEST * about.compress_size
        if about.file_size > LARGEST or dense:
            raise BadFile(f"{name} would unpack to far more than any list.")
        with _zip_faults(name), self._zip.open(about) as file:
            raw = file.read(about.file_size + 1)
        if len(raw) > about.file_size:
            raise BadFile(f"{name} would unpack to far more than its zip says.")
        yield raw


@contextmanager
def _zip_faults(name: str) -> Iterator[None]:
    """Says of a damaged zip what it is."""
    import zlib
    from zipfile import BadZipFile

    try:
        yield
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise BadFile(f"{name} is damaged inside its zip.") from None


def _by_name(paths: Iterable[str], said: str) -> dict[str, str]:
    """File name, folded, to its path. Raises BadFile for two of one name."""
    found: dict[str, str] = {}
    for count, path in enumerate(paths):
        name = path.replace("\\", "/").rpartition("/")[2].casefold()
        if "__MACOSX/" in path or name.startswith("._"):
            continue  # what a Mac keeps beside each file of a zip
        if count >= MOST_FILES:
            raise BadFile(f"{said} holds far more files than an export.")
        if name.endswith(".csv") and found.setdefault(name, path) != path:
            raise BadFile(f"{said} holds more than one file of a name.")
    return found


def _check_directory(path: Path, size: int, said: str) -> None:
    """Raises BadFile when a zip has far too many entries, before anything holds them all in memory."""
    with plain_file(path) as file:
        file.seek(max(0, size - 0x10016))
        end = file.read(0x10016)
    at = end.rfind(_END)
    if at >= 0 and len(end) >= at + 16:
        entries, directory = struct.unpack_from("<HI", end, at + 10)
        if entries > MOST_FILES or directory > MOST_FILES * 1024:
            raise BadFile(f"{said} holds far more files than an export.")


def _missing(name: str) -> BadFile:
    return BadFile(f"The HMIS export lacks {name}.")
