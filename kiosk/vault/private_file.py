"""Files that hold secrets: 0600, one owner, no link followed, replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kiosk.errors import KioskError, Refused

LONGEST: Final = 256 * 1024
"""The most bytes that are read from a private file, unless its reader says otherwise."""
_NEW: Final = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Missing(KioskError):
    """A file that has to be there is not."""

    hint = "Run `kiosk setup`, or put the file back from its backup."


class NotPrivate(Refused):
    """A file is a link, no plain file, another user's, or open to others."""

    hint = "Put a plain file of this user's own there and `chmod 600` it."


class AlreadyThere(Refused):
    """A file that would be replaced."""

    hint = "Move it away first, or give another name."


def read_private(path: Path, *, longest: int = LONGEST) -> bytes:
    """The whole of a private file of `longest` bytes at most. Raises Missing, NotPrivate or KioskError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Missing(f"{path.name} is missing.") from None
    except OSError as error:
        raise NotPrivate(f"{path.name} cannot be opened ({error.strerror}).") from None
    try:
        _check(os.fstat(descriptor), path.name)
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(longest + 1)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be read ({error.strerror}).") from None
    finally:
        os.close(descriptor)
    if len(data) > longest:
        raise NotPrivate(f"{path.name} is far too long.")
    return data


def _check(found: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotPrivate(f"{name} is not a plain file.")
    if found.st_uid != os.geteuid():
        raise NotPrivate(f"{name} belongs to somebody else.")
    if found.st_mode & 0o077:
        raise NotPrivate(f"{name} is open to others.")


def write_private(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a private file whole, on disk before this returns. Raises AlreadyThere or KioskError."""
    with new_private(path, replace=replace) as file:
        file.write(data)


@contextmanager
def new_private(path: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """A private file to write and to read back; when the block ends well it is on disk and has its name.

    Until then it has a hidden one, and nothing is left of it when the block raises. Raises AlreadyThere or KioskError.
    """
    if not replace and (path.exists() or path.is_symlink()):
        raise AlreadyThere(f"{path.name} is already there.")
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | _NEW, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            unfinished.replace(path)
        else:
            _name(unfinished, path)
        flush_folder(path.parent)
    except FileExistsError:
        raise AlreadyThere(f"{path.name} is already there.") from None
    except OSError as error:
        raise KioskError(f"{path.name} cannot be written ({error.strerror}).") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _name(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, unless something has it; a stick's file system may know no second names."""
    try:
        path.hardlink_to(unfinished)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        os.close(os.open(path, os.O_WRONLY | _NEW, 0o600))  # takes the name, which nobody else can have then
        unfinished.replace(path)


def replace_private(path: Path, data: bytes) -> None:
    """Write a private file in the place of another, and zeros over the other. Raises KioskError."""
    try:
        before = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        before = -1
    try:
        write_private(path, data, replace=True)
        if before >= 0:
            _zero(before)
    finally:
        if before >= 0:
            os.close(before)


def destroy(path: Path) -> None:
    """Write zeros over a private file and remove it. A disk that moves its blocks may keep a copy that nobody sees."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        _zero(descriptor)
    finally:
        os.close(descriptor)
    path.unlink(missing_ok=True)
    flush_folder(path.parent)


def _zero(descriptor: int) -> None:
    os.pwrite(descriptor, bytes(os.fstat(descriptor).st_size), 0)
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Make new names in `folder` last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
