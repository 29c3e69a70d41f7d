"""A line sitting on its pseudo-terminal: bytes in, lines out, and the talk with the supervisor."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import termios
import time
from typing import TYPE_CHECKING, Final

from kiosk.sitting.line.face import LineFace
from kiosk.sitting.line.glass import Glass
from kiosk.sitting.line.reader import Left
from kiosk.sitting.pages import registry
from kiosk.terminal import control as lines
from kiosk.terminal.process import die

if TYPE_CHECKING:
    from kiosk.sitting.snapshot import Snapshot
    from kiosk.terminal.control import Control

_KEYBOARD: Final = 0
_GLASS: Final = 1
_AT_ONCE: Final = 4096
_LARGEST: Final = (400, 200)
_UNKNOWN: Final = (80, 24)


def serve(snapshot: Snapshot, control: Control) -> None:
    """Serve one visitor until the supervisor ends this process. A fault ends it silently, at once."""
    try:
        asyncio.run(_serve(snapshot, control))
    except BaseException:  # nothing of it is shown: a traceback could hold her words
        die()


async def _serve(snapshot: Snapshot, control: Control) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(die)
    _raw()
    face = LineFace(snapshot, Glass(_write, _size), control)
    talk = Talk(face, control)
    control.attach(loop, talk.hear)
    loop.add_reader(_KEYBOARD, _read, face)
    loop.add_signal_handler(signal.SIGWINCH, face.resized)
    visit = loop.create_task(face.run(), name="visit")
    loop.call_soon(talk.ready)
    try:
        await visit
    except Left:
        loop.remove_reader(_KEYBOARD)
        control.send(lines.LEAVE)
        await asyncio.Event().wait()


class Talk:
    """What the supervisor says, and what is answered (`kiosk.terminal.control`)."""

    def __init__(self, face: LineFace, control: Control) -> None:
        self._face = face
        self._control = control

    def ready(self) -> None:
        """Say that the home page is painted; then have the other pages at hand before anybody asks for one."""
        self._control.send(lines.READY)
        asyncio.get_running_loop().call_soon(self._load_rest)

    def _load_rest(self) -> None:
        registry.import_rest()
        self._face.sitting.load_rest()
        gc.freeze()
        gc.enable()

    def hear(self, message: bytes) -> None:
        """Take in one message."""
        if message == lines.REPAINT:
            self._control.send(lines.BEFORE_FRAME)
        elif message == lines.FRAME_NOW:
            self._face.again()
            self._control.send(lines.AFTER_FRAME)
        elif message == lines.IDLE_WARNING:
            self._face.warn()


def _read(face: LineFace) -> None:
    try:
        data = os.read(_KEYBOARD, _AT_ONCE)
    except OSError:
        data = b""
    if not data:
        die()
    face.typed(data, time.monotonic())


def _write(text: str) -> None:
    """Write all of it. It may wait, for nobody but the supervisor reads it, who ends this process all the same."""
    view = memoryview(text.encode("utf-8", "ignore"))
    while view:
        view = view[os.write(_GLASS, view) :]


def _size() -> tuple[int, int]:
    try:
        found = os.get_terminal_size(_GLASS)
    except OSError:
        return _UNKNOWN
    return min(found.columns or _UNKNOWN[0], _LARGEST[0]), min(found.lines or _UNKNOWN[1], _LARGEST[1])


def _raw() -> None:
    """Take every byte as it is typed, echo nothing: what is typed is shown by us, once."""
    mode = termios.tcgetattr(_KEYBOARD)
    mode[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    mode[1] &= ~termios.OPOST
    mode[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.IEXTEN | termios.ISIG)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(_KEYBOARD, termios.TCSANOW, mode)
