"""The meeting's one sealed file: written whole or not at all, the former generation kept beside it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from kiosk.desk.keys.derivation import BLOB_LENGTH, Cost
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.packing import pack_rows, pack_state, unpack
from kiosk.meeting.sealed_parts import LONGEST, Lock, NotSealedHere
from kiosk.vault.private_file import destroy, read_private, replace_private, write_private

_KIND: Final = b"kiosk meeting"


def former(path: Path) -> Path:
    """Where the generation before the present one lies."""
    return path.with_name(f"{path.name}.former")


class MeetingFile:
    """A meeting and where it lies. The rows are sealed once: an act seals only what it can change."""

    def __init__(self, path: Path, lock: Lock, meeting: Meeting) -> None:
        self.path = path
        self.meeting = meeting
        """What the file holds."""
        self._lock = lock
        self._rows = lock.head + lock.seal(pack_rows(meeting), lock.head)

    @classmethod
    def new(cls, path: Path, meeting: Meeting, passphrase: str, cost: Cost | None = None) -> MeetingFile:
        """A file that is not there yet. Raises AlreadyThere, WeakPassphrase or KioskError."""
        made = cls(path, Lock.new(_KIND, passphrase, cost), meeting)
        write_private(path, made._bytes(), replace=False)
        return made

    @classmethod
    def open(cls, path: Path, passphrase: str) -> MeetingFile:
        """The file. Raises Missing, NotPrivate, NotAKey, WrongPassphrase or NotSealedHere."""
        raw = read_private(path, longest=LONGEST)
        lock = Lock.of(_KIND, raw, passphrase)
        rows, state = lock.open(raw, 2)
        try:
            opened = cls.__new__(cls)
            opened.path, opened._lock, opened.meeting = path, lock, unpack(rows, state)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise NotSealedHere(f"{path.name} holds no meeting.") from None
        start = BLOB_LENGTH
        opened._rows = raw[: start + 4 + int.from_bytes(raw[start : start + 4], "big")]
        return opened

    def lock_for(self, kind: bytes) -> Lock:
        """The lock for another file that the same passphrase opens: no second derivation is waited for."""
        return replace(self._lock, kind=kind)

    def with_list(self, meeting: Meeting) -> MeetingFile:
        """The same file with another list in it; nothing is written yet."""
        return MeetingFile(self.path, self._lock, meeting)

    def save(self) -> None:
        """Write what stands now; what the file held before becomes the former generation. Raises KioskError."""
        kept = former(self.path)
        with suppress(FileNotFoundError):
            kept.unlink()
        with suppress(OSError):  # a disk that knows no second names keeps no former generation
            kept.hardlink_to(self.path)
        write_private(self.path, self._bytes(), replace=True)

    def save_and_forget(self) -> None:
        """Write what stands now, and destroy what the file held before and the former generation (W4)."""
        replace_private(self.path, self._bytes())
        destroy(former(self.path))

    def _bytes(self) -> bytes:
        return self._rows + self._lock.seal(pack_state(self.meeting), self._rows)
