"""The real terminal: opened afresh, raw, never waited for, and given back as it was found."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Modes = list[Any]

MAX_COLUMNS = 400
"""Columns beyond which a terminal's claim is not believed."""

MAX_ROWS = 200
"""Rows beyond which a terminal's claim is not believed."""

BLANK = b"\x18\x1b\\\x1b[?2026l\x1b[0m\x1b[r\x1b[2J\x1b[3J\x1b[H"
"""Ends whatever was half sent (CAN, ST, synchronised output) and clears screen and history."""

RESET = (
    BLANK + b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l"
    b"\x1b[?2004l\x1b[?2048l\x1b[<99u\x1b[=0;1u\x1b[>4;0m\x1b[4l\x1b[?6l\x1b[?1l\x1b[?5l\x1b>\x0f\x1b(B"
    b"\x1b[2l\x1b[!p\x1b[?1050;1051;1052;1053;1060;1061l\x1b)B\x1b*B\x1b+B"
    b"\x1b]104\x1b\\\x1b]R\x1b\\\x1b]110\x1b\\\x1b]111\x1b\\\x1b]112\x1b\\\x1b]0;\x1b\\\x1b]52;c;!\x1b\\"
    b"\x1b[?1049l\x1b[0m\x1b[r\x1b[?7h\x1b[?25h\x1b[2J\x1b[3J\x1b[H"
)
"""Clears the glass and its history on both screens and turns every mode off that a sitting turns on.

Beside them what no sitting can write any more (`screen_grammar`), undone all the same: a locked keyboard, function keys
of another maker, other letters, colours (xterm's and the console's), title, clipboard (what is no base64 empties it).
Kitty's keyboard modes are popped before the alternate screen is left: each screen has a stack of its own. The
console of older kernels has no alternate screen, so both are cleared outright.
"""


class TerminalGone(Exception):
    """The terminal hung up or vanished."""


class Terminal:
    """A terminal that may stop reading or vanish at any moment."""

    __slots__ = ("fd", "found", "owed")

    fd: int
    """A descriptor of our own: O_NONBLOCK on the shell's would outlive us."""
    found: Modes
    """Its modes (`tcgetattr`) before we touched them."""
    owed: bytes
    """What is left of a page that it has not taken yet."""

    def __init__(self, fd: int, found: Modes | None = None, owed: bytes = b"") -> None:
        self.fd = fd
        self.found = termios.tcgetattr(fd) if found is None else found
        self.owed = owed

    @classmethod
    def open(cls) -> Terminal:
        """Open the terminal of descriptor 0. Raises OSError or `termios.error` without one."""
        flags = os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            fd = os.open(os.ttyname(0), flags)
        except PermissionError:
            fd = os.open("/dev/tty", flags)
        return cls(fd)

    def raw(self) -> None:
        """Pass every byte both ways as it is. Raises `TerminalGone`."""
        try:
            self._raw()
        except termios.error:
            raise TerminalGone from None

    def _raw(self) -> None:
        # at once: the usual TCSAFLUSH waits for a terminal that does not read
        termios.tcsetattr(self.fd, termios.TCSANOW, raw(termios.tcgetattr(self.fd)))

    def restore(self) -> None:
        """Give the modes back as they were found."""
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self.fd, termios.TCSANOW, self.found)

    def cook(self) -> None:
        """Make it usable for a shell where nobody knows any more how it was found."""
        mode = termios.tcgetattr(self.fd)
        mode[0] |= termios.BRKINT | termios.ICRNL | termios.IXON
        mode[1] |= termios.OPOST
        mode[3] |= termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
        termios.tcsetattr(self.fd, termios.TCSANOW, mode)

    def size(self, max_columns: int, max_rows: int) -> tuple[int, int]:
        """Columns and rows, clamped to what is believed; 80 by 24 where the terminal does not know."""
        try:
            told = fcntl.ioctl(self.fd, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            return 80, 24
        rows, columns, _, _ = struct.unpack("HHHH", told)
        return min(columns or 80, max_columns), min(rows or 24, max_rows)

    def paint(self, page: bytes) -> None:
        """Drop what it has not read yet and show `page` as far as it takes it now. Raises `TerminalGone`."""
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fd, termios.TCOFLUSH)
            # what Scroll Lock stopped does not start again unless it is stopped this way, too
            termios.tcflow(self.fd, termios.TCOOFF)
            termios.tcflow(self.fd, termios.TCOON)
        self.owed = page
        self.push()

    def push(self) -> None:
        """Write what is owed without waiting. Raises `TerminalGone`."""
        try:
            while self.owed:
                self.owed = self.owed[os.write(self.fd, self.owed) :]
        except BlockingIOError:
            pass
        except OSError:
            self.owed = b""
            raise TerminalGone from None

    def drop_input(self) -> None:
        """Forget what was typed and not read."""
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fd, termios.TCIFLUSH)


def raw(modes: Modes) -> Modes:
    """The same modes, but every byte passes both ways as it is, unechoed."""
    *flags, keys = modes
    mode = [*flags, list(keys)]
    mode[0] &= ~(termios.BRKINT | termios.ICRNL | termios.INPCK | termios.ISTRIP | termios.IXON)
    mode[0] &= ~(termios.IXOFF | termios.INLCR | termios.IGNCR | termios.PARMRK)
    mode[1] &= ~termios.OPOST
    mode[2] = mode[2] & ~(termios.CSIZE | termios.PARENB) | termios.CS8
    mode[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.IEXTEN | termios.ISIG)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    return mode


def modes_to_json(modes: Modes) -> Modes:
    """The same modes without bytes, as `tcsetattr` takes them too."""
    *flags, keys = modes
    return [*flags, [key[0] if isinstance(key, bytes) else key for key in keys]]
