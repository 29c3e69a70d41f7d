"""Too few files, processes or memory, at the start and in a sitting: a sentence and a status, or all of it works."""

from __future__ import annotations

import contextlib
import os
import resource
import sqlite3
import termios
from pathlib import Path

import pytest

from kiosk.seal.record import seal
from kiosk.supervisor.channels import Lines
from kiosk.vault.appending import Appender, mac_of
from kiosk.vault.faults import StoreFault
from tests.faults import station
from tests.faults.visitor import SITTING, Visitor
from tests.made_up import Made, a_summary, made_at

LONG = bool(os.environ.get("KIOSK_SWEEP"))
"""Every step, and not a few of them."""
FILES = range(8, 136, 4) if LONG else (12, 127, 128)
GIBIBYTES = [each / 1024 for each in (range(8, 512, 8) if LONG else (16, 96))]
STEPS = range(0, 1 << 20, 1 << 10) if LONG else [*range(0, 96 << 10, 6 << 10), 1 << 20]
HOARD: list[bytearray] = []
"""What a process took so that it had nothing left."""


def _first_free(pid: int) -> int:
    """The lowest number that is free: with that for a limit, nothing more is opened."""
    taken = {int(name) for name in os.listdir(f"/proc/{pid}/fd")}
    return next(number for number in range(1024) if number not in taken)


def _allow(pid: int, which: int, most: int) -> None:
    resource.prlimit(pid, which, (most, resource.prlimit(pid, which)[1]))


@pytest.mark.tool("prlimit")
@pytest.mark.parametrize("files", FILES)
def test_a_start_with_few_files_is_refused_or_whole(missouri: Path, files: int) -> None:
    """C8: as many open files as are given: one sentence and status 4, or a home page and a standby behind it."""
    with Visitor(missouri, before=["prlimit", f"--nofile={files}"]) as visitor:
        if files < 128:
            assert visitor.ended() == 4
            assert f"kiosk: The program may open {files} files at once, and needs 128." in visitor.screen_text()
            assert "Traceback" not in visitor.screen_text() and "Hint: " in visitor.screen_text()
        else:
            visitor.standby()
            assert visitor.quit() == 0


@pytest.mark.tool("prlimit")
def test_a_low_limit_that_may_be_raised_is_raised(missouri: Path) -> None:
    """C8: where only the usual limit is low, nobody has to know."""
    with Visitor(missouri, before=["prlimit", "--nofile=16:1024"]) as visitor:
        assert resource.prlimit(visitor.supervisor, resource.RLIMIT_NOFILE)[0] == 128
        assert visitor.quit() == 0


def test_no_file_left_in_a_sitting_leaves_panic(short: Path) -> None:
    """C8, P2: with not one file more to open no clerk comes; panic works, and the next is served and keeps."""
    with Visitor(short) as visitor:
        visitor.standby()
        supervisor = visitor.supervisor
        first = visitor.live()
        usual = resource.prlimit(supervisor, resource.RLIMIT_NOFILE)[0]
        _allow(supervisor, resource.RLIMIT_NOFILE, _first_free(supervisor))
        visitor.send(b"".join(station.way(short)))
        visitor.wait_for(station.said("number-none"))
        visitor.leave()
        visitor.gone(first)
        _allow(supervisor, resource.RLIMIT_NOFILE, usual)
        visitor.go_to_review()
        kept = visitor.keep()
        assert visitor.kept() == [kept] and visitor.supervisor == supervisor


@pytest.mark.tool("prlimit")
@pytest.mark.parametrize("gibibytes", GIBIBYTES)
def test_a_start_with_little_memory_is_refused_or_whole(missouri: Path, gibibytes: float) -> None:
    """C7: as much memory as is given: a status that is no success, without a traceback, or a home page."""
    most = int(gibibytes * (1 << 30))
    with Visitor(missouri, before=["prlimit", f"--as={most}"]) as visitor:
        visitor.wait(lambda: visitor.process.poll() is not None or len(visitor.of(SITTING)) > 1, "an end, or a standby")
        if visitor.process.poll() is None:
            assert visitor.quit() == 0
        else:
            assert visitor.ended() in (1, 4, 70, 127)
            shown = visitor.screen_text()
            assert shown and "Traceback" not in shown and 'File "' not in shown


@pytest.fixture
def made(kiosk_home: Path) -> Made:
    """A made-up station."""
    return made_at(kiosk_home)


def _leave(more: int) -> None:
    """Take all the memory that this process can get, but so many bytes."""
    spare = bytearray(more)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    for piece in (1 << 20, 1 << 16, 1 << 12, 1 << 10):
        with contextlib.suppress(MemoryError):
            while True:
                HOARD.append(bytearray(piece))
    del spare


def _saved_with(made: Made, number: int, more: int) -> str:
    """What a clerk with so many bytes of memory left would say; in a child of this process."""
    sealed = seal(a_summary(number), number, made.key.recipients)
    mac = mac_of(made.key.station_secret, number, sealed)
    appender = Appender(made.place.summaries, made.key.number_key)
    pid = os.fork()
    if pid == 0:
        ended = 3
        try:
            _leave(more)
            appender.append(number, sealed, mac)
            ended = 0
        except StoreFault:
            ended = 1
        except MemoryError:
            ended = 2
        finally:
            os._exit(ended)
    return ("kept", "failed", "no memory", "broken")[os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])]


def test_a_save_without_memory_keeps_whole_or_not_at_all(made: Made) -> None:
    """C7, E11, P8: memory that runs out step by step while a record is stored: told as failed, and never half there."""
    ends = set()
    for more in STEPS:
        number = made.number()
        end = _saved_with(made, number, more)
        ends.add(end)
        with contextlib.closing(sqlite3.connect(made.place.summaries)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = {row.number for row in made.store.rows()}
        assert number in rows if end == "kept" else end == "failed", (more, end)
        made.store.retire([number])
    assert ends == {"kept", "failed"}


def _open_here() -> set[int]:
    return {number for number in map(int, os.listdir("/proc/self/fd")) if os.path.lexists(f"/proc/self/fd/{number}")}


@pytest.mark.parametrize("few", [*range(10), 40])
def test_lines_that_cannot_all_be_had_leave_none_open(few: int) -> None:
    """C8: the lines of a sitting are eight descriptors; where fewer are left, none of them stays open."""
    master, slave = os.openpty()
    modes = termios.tcgetattr(slave)
    before, usual, made = _open_here(), resource.getrlimit(resource.RLIMIT_NOFILE), False
    free = [each for each in range(max(before) + 50) if each not in before]
    resource.setrlimit(resource.RLIMIT_NOFILE, (free[few], usual[1]))
    try:
        with contextlib.suppress(OSError), Lines.open(0, modes, (80, 24)):
            made = True
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)
    assert few >= 8 if made else few < 40
    assert _open_here() == before
    os.close(master)
    os.close(slave)
