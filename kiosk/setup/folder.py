"""The data folder's coming into being: built beside its place, then put there by one rename."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.errors import KioskError, Refused
from kiosk.paths import Place


class AlreadySetUp(Refused):
    """There is a kiosk here."""

    hint = "Change its settings in `station.toml`, or name another folder in KIOSK_HOME."


class FolderTaken(Refused):
    """The data folder holds something that is no kiosk."""

    hint = "Name an empty or new folder in KIOSK_HOME."


class CannotWrite(KioskError):
    """The data folder cannot be made where it should be."""

    hint = "Look at the disk's free space and at who may write in the folder above the data folder."


def prepare(place: Place) -> None:
    """See that the data folder can be made. Raises `AlreadySetUp`, `FolderTaken` or `CannotWrite`."""
    if place.set_up:
        raise AlreadySetUp("This kiosk is set up already.")
    if place.home.is_symlink() or (place.home.exists() and not place.home.is_dir()):
        raise FolderTaken("In the data folder's place there is a link or a file.")
    try:
        if place.home.is_dir() and any(place.home.iterdir()):
            raise FolderTaken("The data folder is not empty, and no kiosk has been set up in it.")
        place.home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotWrite(f"The data folder cannot be made ({error.strerror}).") from None
    sweep(place)


@contextmanager
def coming(place: Place) -> Iterator[Place]:
    """A new folder (0700) beside the data folder; at the block's end it is synced and takes the data folder's name.

    If the block raises, or the name has been taken meanwhile, nothing is left of it. Raises `AlreadySetUp` or
    `CannotWrite`.
    """
    passing = place.home.with_name(f"{_prefix(place)}{secrets.token_hex(8)}")
    try:
        passing.mkdir(mode=0o700)
        lock = os.open(passing, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise CannotWrite(f"The data folder cannot be made ({error.strerror}).") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Place(passing)
        _flush(passing)
        _rename(passing, place)
        _flush_one(place.home.parent)
    except OSError as error:
        raise CannotWrite(f"The data folder cannot be made ({error.strerror}).") from None
    finally:
        shutil.rmtree(passing, ignore_errors=True)
        os.close(lock)


def sweep(place: Place) -> None:
    """Remove what a set-up that was killed left beside the data folder, unless it is still at work."""
    with suppress(OSError):
        for left in place.home.parent.glob(f"{_prefix(place)}*"):
            descriptor = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(descriptor)


def _prefix(place: Place) -> str:
    return f".{place.home.name}.making-"


def _rename(passing: Path, place: Place) -> None:
    """Give the folder its name, unless something else has it. An empty folder may be there; a full one may not."""
    try:
        passing.rename(place.home)
    except OSError:
        if place.set_up:
            raise AlreadySetUp("Another set-up has just made this kiosk.") from None
        raise


def _flush(folder: Path) -> None:
    """Bring a folder and all in it to the disk."""
    for parent, _, files in os.walk(folder):
        for name in files:
            _flush_one(Path(parent, name))
        _flush_one(Path(parent))


def _flush_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
