"""B1, B2 and the control line: any size is survived, and a whole frame is what the page is, in one piece."""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.terminal import control, modes
from tests.terminal.driver.conftest import Terminal
from tests.terminal.grammar import check


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 200), (20, 5), (80, 24), (132, 43), (400, 120)])
def test_sizes(start: Callable[..., Terminal], size: tuple[int, int]) -> None:
    """B2: from one cell to a wall: it is drawn for that size, and keys work."""
    terminal = start()
    terminal.resize(*size)
    terminal.until(lambda: terminal.tell()["size"] == [*size])
    terminal.send(b"\x12safe")
    assert terminal.tell()["first"] == "safe"


@pytest.mark.parametrize("size", [(65535, 65535), (20_000, 10), (0, 0)])
def test_impossible_sizes(start: Callable[..., Terminal], size: tuple[int, int]) -> None:
    """B2: a size that no terminal has is cut to 400 by 200, and nought counts as unknown; memory stays small."""
    terminal = start()
    terminal.resize(*size)
    terminal.until(lambda: terminal.tell()["size"] != [80, 24] or size == (0, 0))
    columns, rows = terminal.tell()["size"]
    assert columns <= 400
    assert rows <= 200
    status = Path(f"/proc/{terminal.pid}/status").read_text()
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    assert peak < 200_000


def test_a_storm_of_sizes_while_typing(start: Callable[..., Terminal]) -> None:
    """B1: 300 sizes between letters; every letter is kept and the last size is drawn."""
    chance = random.Random(7)
    terminal = start()
    typed = ""
    for number in range(300):
        terminal.resize(chance.randrange(1, 200), chance.randrange(1, 60))
        if number % 3 == 0:
            letter = chance.choice("abcdefgh")
            terminal.send(letter.encode())
            typed += letter
    terminal.resize(100, 30)
    terminal.until(lambda: terminal.tell()["size"] == [100, 30])
    assert terminal.tell()["first"] == typed


class Line:
    """The supervisor's end of the control line."""

    def __init__(self, terminal: Terminal) -> None:
        assert terminal.line is not None
        self._terminal = terminal
        self._socket: socket.socket = terminal.line
        self._socket.setblocking(False)

    def send(self, message: bytes) -> None:
        self._socket.send(message)

    def hears(self, message: bytes) -> None:
        """Wait until the app says `message`, reading its terminal meanwhile."""
        heard = b""

        def came() -> bool:
            nonlocal heard
            try:
                heard += self._socket.recv(1)
            except BlockingIOError:
                return False
            return heard.endswith(message)

        self._terminal.until(came)

    def frame(self, size: tuple[int, int] | None = None) -> bytes:
        """Ask for a whole frame the way the supervisor does; return its bytes. `size` is set at the last moment."""
        self.send(control.REPAINT)
        self.hears(control.BEFORE_FRAME)
        self._terminal.rest(0.05)
        start = len(self._terminal.seen)
        if size is not None:
            self._terminal.resize(*size)
        self.send(control.FRAME_NOW)
        self.hears(control.AFTER_FRAME)
        self._terminal.rest(0.05)
        return self._terminal.seen[start:]


@pytest.fixture
def line(start: Callable[..., Terminal]) -> tuple[Terminal, Line]:
    """A jailed app that has been let go and is painted."""
    terminal = start("--jailed")
    line = Line(terminal)
    line.hears(control.HELLO)
    line.send(control.GO)
    line.hears(control.READY)
    terminal.until(lambda: "A quiet page" in terminal.shown())
    terminal.rest(0.2)
    return terminal, line


def test_nothing_is_painted_before_it_may_start(start: Callable[..., Terminal]) -> None:
    """The handshake: until the supervisor has taken hold of its memory, the app waits."""
    terminal = start("--jailed")
    line = Line(terminal)
    line.hears(control.HELLO)
    terminal.rest(0.3)
    assert terminal.seen == b""
    line.send(control.GO)
    line.hears(control.READY)
    terminal.until(lambda: "A quiet page" in terminal.shown())


def test_a_whole_frame_stands_alone(line: tuple[Terminal, Line]) -> None:
    """Modes, then every cell: the frame alone shows what the terminal shows, and then nothing more comes."""
    terminal, supervisor = line
    frame = supervisor.frame()
    assert frame.startswith(modes.FRAME.encode())
    assert terminal.shown(frame) == terminal.shown()
    assert terminal.shown(frame)[0] == "A quiet page"
    check(frame)
    before = len(terminal.seen)
    terminal.rest(1.2)
    assert terminal.seen[before:] == b"", "a standby that goes on writing has no frame that holds"
    assert supervisor.frame() == frame


def test_a_frame_has_the_size_of_now(line: tuple[Terminal, Line]) -> None:
    """After a resize the frame is for the new size, even when it changes between request and answer."""
    terminal, supervisor = line
    for size in ((120, 40), (60, 24), (33, 30), (80, 24)):
        frame = supervisor.frame(size)
        frame = frame[frame.rindex(modes.FRAME.encode()) :]
        rows = {
            int(move.split(b";")[0])
            for move in frame.split(b"\x1b[")
            if move.split(b";")[0].isdigit() and b"H" in move[:8]
        }
        assert max(rows) == size[1]
        assert terminal.shown(frame)[1].rstrip().endswith("▎")
        assert len(terminal.shown(frame)[1]) == size[0]


def test_live_and_warning_reach_the_page(line: tuple[Terminal, Line]) -> None:
    """Hand-over and idle warning are told to the app; a notice shows markup as it stands."""
    terminal, supervisor = line
    supervisor.send(control.LIVE)
    terminal.until(lambda: terminal.shown()[0] == "now live")
    supervisor.send(control.IDLE_WARNING)
    terminal.until(lambda: any("still [b]there[/b]?" in row for row in terminal.shown()))


def test_it_follows_its_supervisor(line: tuple[Terminal, Line]) -> None:
    """A control line that ends means that the supervisor is gone: so is the app, without a word."""
    terminal, _ = line
    before = len(terminal.seen)
    assert terminal.line is not None
    terminal.line.close()
    assert terminal.ended() == control.INTERNAL
    assert terminal.seen[before:] == b""


def test_it_opens_no_file_for_writing_in_its_jail(line: tuple[Terminal, Line]) -> None:
    """P1: a painted, jailed app holds its terminal, its lines and its event loop's own; no file, no other socket."""
    terminal, _ = line
    held = {link.name: str(link.readlink()) for link in Path(f"/proc/{terminal.pid}/fd").iterdir()}
    known = ("/dev/pts/", "socket:", "anon_inode:", "pipe:", "/dev/null")
    assert all(target.startswith(known) for target in held.values()), held


@pytest.mark.parametrize("term", ["linux", "vt100"])
def test_a_plain_console_gets_base_colours(start: Callable[..., Terminal], term: str) -> None:
    """The Linux console shows no bright ground, and knows neither 256 nor 24-bit colours."""
    terminal = start(term=term)
    terminal.send(b"ab\t\t\tcd\t")
    terminal.tell()
    terminal.rest(0.2)
    codes = [code for sgr in re.findall(rb"\x1b\[([0-9;]*)m", terminal.seen) for code in sgr.split(b";")]
    assert codes, "something has to be coloured"
    assert not [code for code in codes if code.isdigit() and int(code) in (38, 48, *range(90, 108))], set(codes)
