"""The next sitting, already painted: getting a whole frame from it and knowing whether that is still what it shows."""

from __future__ import annotations

from kiosk.supervisor.buffers import Buffer
from kiosk.supervisor.home_frame import LARGEST
from kiosk.supervisor.screen_grammar import all_good

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.children import Sitting
    from kiosk.supervisor.home_frame import Frame

ASK_AGAIN = 3.0
"""Seconds after which an unanswered wish for a frame is said again."""

_BREATH = 0.2


class Standby:
    """A sitting that nobody has seen yet, and the talk about its frame (`r`, `B`, `b`, `P`)."""

    __slots__ = ("_asked", "_draft", "_frame", "_stale", "_transit", "_waiting", "sitting")

    sitting: Sitting

    def __init__(self, sitting: Sitting, frame: Frame) -> None:
        self.sitting = sitting
        self._frame = frame
        self._transit = Buffer(65536)
        self._draft: bytearray | None = None
        self._asked = float("-inf")
        self._stale = True
        self._waiting = False

    def shows(self, size: tuple[int, int]) -> bool:
        """Whether the frame kept is what it shows, on a terminal of `size`."""
        return not self._stale and self._frame.fits(size)

    def ask(self, size: tuple[int, int], now: float) -> None:
        """Ask for a whole frame where one is wanted and none is on its way."""
        if self.sitting.ready and not self.shows(size) and now >= self.next_ask():
            self._asked, self._waiting = now, True
            self.sitting.say(b"r")

    def next_ask(self) -> float:
        """When the wish may be said (again): `clock.now`."""
        return self._asked + (ASK_AGAIN if self._waiting else _BREATH)

    def resized(self) -> None:
        """Its terminal changed size: a frame half written is for the former one."""
        self._draft = None
        self._stale, self._waiting = True, False

    def begin_frame(self) -> None:
        """It is about to write a whole frame: drop what it wrote before, and let it go on."""
        self.read()
        self._draft = bytearray()
        self.sitting.say(b"b")

    def end_frame(self, size: tuple[int, int]) -> None:
        """The frame is written: keep it as one for `size`, the size its terminal has had since it began."""
        self.read()
        whole, self._draft = self._draft, None
        self._waiting = False
        if whole and len(whole) <= LARGEST and all_good(whole):
            self._frame.keep(whole, size)
            self._stale = False

    def read(self) -> bool:
        """Take everything it has written. Returns False when its terminal hung up."""
        while True:
            try:
                count = self._transit.read_from(self.sitting.master)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if count == 0:
                return False
            if self._draft is None:
                self._stale = True
            elif len(self._draft) <= LARGEST:
                self._draft += self._transit.view[:count]
            self._transit.clear()
