"""A toy sitting: speaks the control line, shows what is typed, and misbehaves on demand (`TOY` in its environment)."""

from __future__ import annotations

import os
import select
import signal
import termios
import time
import tty

HOW = os.environ.get("TOY", "").split()
PREFIX = b"\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?1004h\x1b[?2004h\x1b[?7l\x1b[=25;1u"
CONTROL = 4
EVIL = (
    *(b"\x1b]0;title\x07", b"\x1b]52;c;aGk=\x1b\\", b"\x1b]4;1;rgb:ff/00/00\x07", b"\x1b[2h", b"\x1b[?1051h"),
    *(b"\x1bP0;1|34/6869\x1b\\", b"\x1b[5i", b"\x1b]777;notify;a;b\x07", b"\x1b[c", b"\x1b(0", b"\x1bc", b"\x9b2h"),
)
"""What somebody who had taken a sitting over would say to the terminal."""


class Toy:
    """One toy sitting."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.live = False
        self.warned = 0
        self.waits_for_frame = False

    def page(self) -> bytes:
        """Its whole screen."""
        columns, rows = os.get_terminal_size(0)
        heard = "".join(self.said)
        who = "live" if self.live else "home"
        if "big" in HOW:
            return b"\x1b[H" + b"large page " * 20000 + b"HOME <%s %d 1x1>said==" % (who.encode(), os.getpid())
        lines = ["HOME", f"<{who} {os.getpid()} {columns}x{rows}>", f"said={heard}=", f"warned={self.warned}="]
        return b"\x1b[2J" + b"".join(
            b"\x1b[%d;1H%s" % (row, line[:columns].encode()) for row, line in enumerate(lines[:rows], start=1)
        )

    def show(self) -> None:
        """Write the screen."""
        write_all(PREFIX + self.page())
        if "evil" in HOW:
            for each in EVIL:
                for piece in [each[at : at + 1] for at in range(len(each))] if "slowly" in HOW else [each]:
                    write_all(piece)
            write_all(b"behind it")

    def typed(self) -> None:
        """Act on one read of keys."""
        read = os.read(0, 4096)
        if not read:
            os._exit(1)
        for key, message in ((b"\x0c", b"L"), (b"\x11", b"Q"), (b"\x18", b"X"), (b"\x05", b"E"), (b"\x0b", b"K")):
            if key in read:
                os.write(CONTROL, message)
        if b"\x13" in read:
            while True:  # spins with the interpreter's lock held
                pass
        if b"\x04" in read:
            os.abort()
        if b"\x10" in read:
            os.write(1, b"STUCK")
            time.sleep(1000)
        if b"\x06" in read:
            os.write(1, b"FLOOD")
            while True:
                os.write(1, b"secret words on the screen " * 100)
        if b"\x1a" in read:
            for descriptor in (0, 1, 2):
                os.close(descriptor)
            time.sleep(1000)
        self.said.append(read.decode(errors="replace").translate(dict.fromkeys(range(32))))
        self.show()

    def told(self) -> None:
        """Act on the supervisor's messages."""
        for message in os.read(CONTROL, 64):
            if message == ord("l"):
                self.live = True
                if "dies-live" in HOW:
                    os._exit(0)
                self.show()
            elif message == ord("r") and not self.waits_for_frame:
                self.waits_for_frame = True
                os.write(CONTROL, b"B")
            elif message == ord("b"):
                self.waits_for_frame = False
                self.show()
                if "frames" in HOW:
                    write_all(b"".join(EVIL))
                os.write(CONTROL, b"P")
                if "second-thoughts" in HOW and not self.live and not self.said:
                    time.sleep(0.3)
                    self.said.append("second thoughts")
                    self.show()
            elif message == ord("w"):
                self.warned += 1
                self.show()


def write_all(data: bytes) -> None:
    """Write everything, however slow the other end."""
    while data:
        data = data[os.write(1, data) :]


def main() -> None:
    """Greet, wait for the go, and live."""
    if "mark" in HOW:
        os.write(1, b"descriptors=%s=" % ",".join(sorted(os.listdir("/proc/self/fd"))).encode())
    if "dies" in HOW:
        os._exit(1)
    dies_if = os.environ.get("TOY_DIES_IF", "/nonexistent")
    if os.path.exists(dies_if):
        with open(dies_if, "a") as file:
            file.write("+")
        os._exit(1)
    if "deaf-to-signals" in HOW:
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
    os.write(CONTROL, b"h")
    if os.read(CONTROL, 1) != b"g":
        os._exit(1)
    if os.path.exists(os.environ.get("TOY_SLOW_IF", "/nonexistent")):
        time.sleep(1.5)
    tty.setraw(0, termios.TCSANOW)
    toy = Toy()
    resized, wake = os.pipe2(os.O_NONBLOCK)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGWINCH, lambda *_: None)
    toy.show()
    if "hangs" in HOW:
        time.sleep(1000)
    os.write(CONTROL, b"p")
    while True:
        ready, _, _ = select.select([0, CONTROL, resized], [], [])
        if CONTROL in ready:
            toy.told()
        if 0 in ready:
            toy.typed()
        if resized in ready:
            os.read(resized, 64)
            toy.show()


if __name__ == "__main__":
    try:
        main()
    finally:
        os._exit(1)
