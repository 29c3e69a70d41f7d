"""Files that have no name until they are whole: a run that is killed leaves nothing (0600, never over another file)."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from kiosk.desk.merging.export_files import shown
from kiosk.desk.merging.merge_errors import CannotWrite
from kiosk.vault.private_file import AlreadyThere, flush_folder

_PRIVATE: Final = 0o600
_NO_SUCH_KIND: Final = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)


@contextmanager
def new_files(paths: Sequence[Path]) -> Iterator[list[IO[bytes]]]:
    """Files to write; when the block ends well they get their names, the last path's last, and are on disk.

    Before the block raises AlreadyThere when a name is taken, CannotWrite when a folder cannot be written to.
    """
    with ExitStack() as held:
        new = [held.enter_context(_New(path)) for path in paths]
        yield [each.file for each in new]
        for each in new:
            each.finish()
        for each in new:
            each.link()
        for folder in {path.parent for path in paths}:
            flush_folder(folder)


class _New:
    """One file without a name; on a disk that knows no such thing, with a hidden one until then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._hidden: Path | None = None
        if os.path.lexists(path):
            raise AlreadyThere(f"{shown(path)} is already there.")
        with said_of(path):
            self._descriptor = self._open()
        self.file = os.fdopen(self._descriptor, "wb", buffering=1 << 18)

    def _open(self) -> int:
        try:
            return os.open(self._path.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, _PRIVATE)
        except OSError as error:
            if error.errno not in _NO_SUCH_KIND:
                raise
        self._hidden = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}")
        return os.open(self._hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _PRIVATE)

    def finish(self) -> None:
        """Bring the contents to the disk."""
        with said_of(self._path):
            self.file.flush()
            os.fsync(self._descriptor)

    def link(self) -> None:
        """Give the file its name; never takes one that exists."""
        with said_of(self._path):
            if self._hidden:
                self._path.hardlink_to(self._hidden)
            else:
                # any descriptor here makes this linkat, which alone follows the link to the file without a name
                os.link(f"/proc/self/fd/{self._descriptor}", self._path, src_dir_fd=self._descriptor)

    def __enter__(self) -> _New:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.file.close()
        if self._hidden:
            self._hidden.unlink(missing_ok=True)


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Says of a file that cannot be written which one it is. Raises CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"{shown(path)} cannot be written ({error.strerror}).") from None
