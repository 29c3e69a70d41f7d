"""A kernel that lacks a wall: the others stand, the report says so, nothing ends."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

import pytest

from kiosk.jail import landlock, places, seccomp
from kiosk.jail.landlock import Access
from kiosk.jail.profile import Profile


class Kernel:
    """Stands in for syscall(2): a Landlock of a given version."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.rulesets: list[bytes] = []
        self.rules: list[int] = []
        self.flags: list[int] = []

    def __call__(self, number: int, *arguments: object) -> int:
        values = [getattr(argument, "value", argument) for argument in arguments]
        if number == 444 and values[0] is None:
            return self.version or -1
        if number == 444:
            self.rulesets.append(_bytes(arguments[0], int(str(values[1]))))
            return os.open("/dev/null", os.O_RDONLY)
        if number == 445:
            self.rules.append(struct.unpack("=Qi", _bytes(arguments[2], 12))[0])
            return 0
        self.flags.append(int(str(values[1])))
        return 0


def _bytes(pointer: object, length: int) -> bytes:
    return ctypes.string_at(pointer, length)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("version", "length", "newest"),
    [
        (1, 8, Access.MAKE_SYM),
        (2, 8, Access.REFER),
        (3, 8, Access.TRUNCATE),
        (4, 16, Access.TRUNCATE),
        (5, 16, Access.IOCTL_DEV),
        (6, 24, Access.IOCTL_DEV),
        (7, 24, Access.IOCTL_DEV),
        (9, 24, Access.IOCTL_DEV),
    ],
)
def test_each_version_is_asked_for_what_it_has(
    monkeypatch: pytest.MonkeyPatch, version: int, length: int, newest: Access
) -> None:
    """A right that a kernel does not know makes it refuse the whole set, so each is asked for its own only."""
    kernel = Kernel(version)
    monkeypatch.setattr(landlock, "_syscall", kernel)
    assert landlock.restrict([(Path("/"), landlock.WRITE)]) == version
    (attributes,) = kernel.rulesets
    assert len(attributes) == length
    handled = struct.unpack_from("Q", attributes)[0]
    assert handled & newest
    assert handled < newest * 2
    assert kernel.rules == [landlock.WRITE & handled]
    assert kernel.flags == [1 if version >= 7 else 0]
    if length >= 16:
        assert struct.unpack_from("Q", attributes, 8)[0] == 3
    if length == 24:
        assert struct.unpack_from("Q", attributes, 16)[0] == 3


def test_without_landlock_nothing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel of before 5.13 reports 0."""
    monkeypatch.setattr(landlock, "_syscall", Kernel(0))
    assert landlock.abi() == 0
    assert landlock.restrict([(Path("/"), landlock.READ)]) == 0


def test_a_path_that_is_not_there_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not every machine has /etc/terminfo."""
    kernel = Kernel(7)
    monkeypatch.setattr(landlock, "_syscall", kernel)
    assert landlock.restrict([(tmp_path / "none", landlock.READ), (tmp_path, landlock.READ)]) == 7
    assert kernel.rules == [landlock.READ]


def test_a_file_is_given_file_rights_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The kernel refuses a folder's right on a file."""
    (tmp_path / "file").touch()
    kernel = Kernel(7)
    monkeypatch.setattr(landlock, "_syscall", kernel)
    landlock.restrict([(tmp_path / "file", landlock.WRITE)])
    assert kernel.rules == [Access.READ_FILE | Access.WRITE_FILE | Access.TRUNCATE]


def test_an_unknown_processor_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where we know no numbers, we filter none, and say so."""
    monkeypatch.setattr(seccomp, "PROCESSORS", {})
    assert seccomp.refuse(Profile.VISITOR.value) is False


def test_a_visitor_reads_no_folder_of_a_persons(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """P4: a person's folder on the import path is not opened to a sitting; packages are."""
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.setattr("sys.path", [str(tmp_path), str(packages), ""])
    allowed = dict(places.code())
    assert packages in allowed
    assert tmp_path not in allowed
    assert Path.home() not in allowed
    assert Path("/") not in allowed
    assert not any(access & ~landlock.READ for access in allowed.values())
