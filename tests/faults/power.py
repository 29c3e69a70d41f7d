"""A disk that keeps only what was flushed: a run's calls, as strace recorded them, replayed up to a power cut.

What `fsync` made sure of is there after the cut. Of what was written since, each block of 512 bytes and each change of
a file's length is there or not, by chance: a disk reorders them. Names in a folder come and go in their order, as in
the journal of any file system of today, and up to a point drawn by chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

CALLS: Final = (
    *("openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "lseek", "close", "dup", "dup2", "dup3"),
    *("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "writev", "pwritev"),
)
BLOCK: Final = 512

_LINE: Final = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_HEAD: Final = re.compile(r"^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
_TAIL: Final = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)")
_STRING: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def recording(log: Path) -> list[str]:
    """The command that goes before a program."""
    plain = ["-f", "-qq", "-xx", "-s", "1048576", "-e", "signal=none"]
    return ["strace", *plain, "-e", f"trace={','.join(CALLS)}", "-o", str(log)]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that succeeded."""

    pid: int
    name: str
    given: str
    """Its arguments as strace wrote them."""
    result: int

    @property
    def strings(self) -> list[bytes]:
        """Every string among its arguments."""
        return [bytes.fromhex(found.replace("\\x", "")) for found in _STRING.findall(self.given)]

    @property
    def numbers(self) -> list[int]:
        """Every argument that is a number."""
        plain = _STRING.sub("", self.given).split(",")
        return [int(each) for each in plain if re.fullmatch(r" *-?\d+ *", each)]


def calls(log: Path) -> Iterator[Call]:
    """The calls of a run, in their order."""
    begun: dict[int, str] = {}
    for line in log.read_text().splitlines():
        if head := _HEAD.match(line):
            begun[int(head[1])] = head[3]
        elif tail := _TAIL.match(line):
            yield Call(int(tail[1]), tail[2], begun.pop(int(tail[1])) + tail[3], int(tail[4]))
        elif (whole := _LINE.match(line)) and int(whole[4]) >= 0:
            yield Call(int(whole[1]), whole[2], whole[3], int(whole[4]))


@dataclass(slots=True)
class File:
    """What a file holds for sure, and what was done to it since."""

    data: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """A place and what was written there; `None` for a new length."""

    def flush(self) -> None:
        """All of it lasts."""
        for place, written in self.since:
            _apply(self.data, place, written)
        self.since.clear()

    def after_a_cut(self, chance: random.Random, kept: float) -> bytes:
        """What may be found: each block written since is there with the likelihood `kept`."""
        found = bytearray(self.data)
        for place, written in self.since:
            if written is None:
                if chance.random() < kept:
                    _apply(found, place, None)
                continue
            at = 0
            while at < len(written):
                end = min(len(written), at + BLOCK - (place + at) % BLOCK)
                if chance.random() < kept:
                    _apply(found, place + at, written[at:end])
                at = end
        return bytes(found)


def _apply(data: bytearray, place: int, written: bytes | None) -> None:
    length = place + len(written or b"")
    if written is None:
        del data[place:]
    if len(data) < length:
        data.extend(bytes(length - len(data)))
    if written is not None:
        data[place:length] = written


class Disk:
    """The files below one folder, while a run's calls are replayed."""

    def __init__(self, root: Path, *, honest: bool = True) -> None:
        """`honest`: whether a flush is one; a disk that lies about it shows that the tests would see."""
        self._root = str(root)
        self._honest = honest
        self._names = {str(path): File(bytearray(path.read_bytes())) for path in root.rglob("*") if path.is_file()}
        self._lasting = dict(self._names)
        self._since: list[dict[str, File | None]] = []
        """Every change of names that a power cut may lose; all of one change are of one folder."""
        self._open: dict[tuple[int, int], tuple[File | None, str, list[int]]] = {}

    def replay(self, call: Call) -> bool:
        """Do one call; tells whether it changed or flushed anything here."""
        return bool(getattr(self, f"_{call.name.removesuffix('2').removesuffix('64')}", self._nothing)(call))

    def _nothing(self, call: Call) -> bool:
        return False

    def _openat(self, call: Call) -> bool:
        path = call.strings[0].decode()
        if not path.startswith(self._root):
            self._open.pop((call.pid, call.result), None)
            return False
        made = "O_CREAT" in call.given and path not in self._names
        if made:
            self._named({path: File()})
        file = self._names.get(path)
        if file and "O_TRUNC" in call.given:
            file.since.append((0, None))
        self._open[call.pid, call.result] = (file, path, [0])
        return made

    def _file(self, call: Call) -> tuple[File, list[int]] | None:
        file, _, place = self._open.get((call.pid, call.numbers[0]), (None, "", [0]))
        return (file, place) if file else None

    def _write(self, call: Call) -> bool:
        found = self._file(call)
        if found:
            file, place = found
            file.since.append((place[0], call.strings[0][: call.result]))
            place[0] += call.result
        return found is not None

    def _pwrite(self, call: Call) -> bool:
        found = self._file(call)
        if found:
            found[0].since.append((call.numbers[-1], call.strings[0][: call.result]))
        return found is not None

    def _lseek(self, call: Call) -> bool:
        found = self._file(call)
        if found:
            found[1][0] = call.result
        return False

    def _ftruncate(self, call: Call) -> bool:
        found = self._file(call)
        if found:
            found[0].since.append((call.numbers[1], None))
        return found is not None

    def _fsync(self, call: Call) -> bool:
        file, path, _ = self._open.get((call.pid, call.numbers[0]), (None, "", [0]))
        if not path:
            return False
        if file and self._honest:
            file.flush()
        elif self._honest:
            for change in [each for each in self._since if _folder(each) == path]:
                self._since.remove(change)
                _rename(self._lasting, change)
        return True

    _fdatasync = _fsync

    def _rename(self, call: Call) -> bool:
        old, new = (name.decode() for name in call.strings[:2])
        if old not in self._names:
            return False
        self._named({old: None, new: self._names[old]})
        return True

    _renameat = _rename

    def _link(self, call: Call) -> bool:
        old, new = (name.decode() for name in call.strings[:2])
        if old not in self._names:
            return False
        self._named({new: self._names[old]})
        return True

    _linkat = _link

    def _unlink(self, call: Call) -> bool:
        path = call.strings[0].decode()
        if path not in self._names:
            return False
        self._named({path: None})
        return True

    _unlinkat = _unlink

    def _named(self, change: dict[str, File | None]) -> None:
        _rename(self._names, change)
        self._since.append(change)

    def now(self) -> dict[str, bytes]:
        """Every file as programs see it, without a cut."""
        found = {}
        for path, file in self._names.items():
            copy = File(bytearray(file.data), list(file.since))
            copy.flush()
            found[path] = bytes(copy.data)
        return found

    def after_a_cut(self, to: Path, chance: random.Random, kept: float) -> None:
        """Put into `to`, which stands for the folder, what may be found there."""
        names, lost = dict(self._lasting), set()
        for change in self._since:
            if chance.random() >= kept:
                lost.add(_folder(change))
            if _folder(change) not in lost:
                _rename(names, change)
        for stale in to.rglob("*"):
            if stale.is_file():
                stale.unlink()
        for path, file in names.items():
            there = to / Path(path).relative_to(self._root)
            there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            there.write_bytes(file.after_a_cut(chance, kept))
            there.chmod(0o600)


def _folder(change: dict[str, File | None]) -> str:
    return str(Path(next(iter(change))).parent)


def _rename(names: dict[str, File], change: dict[str, File | None]) -> None:
    for path, file in change.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file
