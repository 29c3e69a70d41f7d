"""Everything one image of the supervisor holds, and what the glass shows when no sitting has it."""

from __future__ import annotations

from kiosk.supervisor import clock, panic_proof
from kiosk.supervisor.events import Events
from kiosk.supervisor.home_frame import built_in
from kiosk.supervisor.idle import Idle
from kiosk.supervisor.panic_key import Recogniser
from kiosk.supervisor.relay import Inward, Outward
from kiosk.supervisor.standby import Standby
from kiosk.supervisor.terminal import RESET
from kiosk.supervisor.watchdog import Watchdog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.children import Sitting
    from kiosk.supervisor.settings import Settings
    from kiosk.supervisor.state import State

SWALLOW = 0.4
"""Seconds after a panic in which keys are dropped: people go on hitting the keyboard."""

QUIET = 0.8
"""Seconds without a key after which a keyboard is quiet: longer than one waits before it repeats a key that is held
down (0.25 s on the Linux console, 0.66 s in X.Org: the manual pages of kbdrate and xset)."""

MUTE = 2.0
"""Seconds that a sitting asked for a whole frame has, before what it writes is shown as it comes."""

DONE, REFUSED, ENVIRONMENT, INTERNAL = 0, 3, 4, 70
"""Exit statuses, as in `kiosk.errors.ExitCode`."""


class SittingEnds(Exception):
    """The live sitting is over: a panic, a leaving, silence, or its own death."""

    def __init__(self, *, crashed: bool = False) -> None:
        super().__init__()
        self.crashed = crashed


class ProgramEnds(Exception):
    """The supervisor is to end."""

    def __init__(self, code: int, sentence: str = "", *, linger: bool = False) -> None:
        super().__init__()
        self.code = code
        self.sentence = sentence
        self.linger = linger


class Stage:
    """The terminal, who has it, who is next, and the bytes in between."""

    def __init__(self, settings: Settings, state: State) -> None:
        self.settings = settings
        self.state = state
        self.terminal = state.terminal
        self.events = Events(settings.events_fd)
        self.inward = Inward(Recogniser(settings.chosen_key))
        self.outward = Outward()
        self.idle = Idle(settings.idle_seconds, settings.warn_seconds)
        self.standby = Standby(state.standby, state.frame) if state.standby else None
        self.watchdog = Watchdog(settings.watchdog)
        self.proven = False
        if settings.ends:
            self.idle.touch(clock.now())

    @property
    def live(self) -> Sitting | None:
        """Whoever has the terminal."""
        return self.state.live

    @property
    def swallowing(self) -> bool:
        """Whether what is typed goes to nobody."""
        return self.live is None or clock.now() < self.state.swallow_until

    def swallow_on(self, now: float) -> None:
        """Keys fell into the end of a sitting: drop what follows until the keyboard is quiet."""
        if self.inward.recogniser.touched:
            self.state.swallow_until = max(self.state.swallow_until, now + QUIET)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows that the sittings were told."""
        return self.state.size

    def resize(self) -> None:
        """Follow the real terminal's size, if it changed; where nobody else paints, paint."""
        size = self.terminal.size(self.settings.max_columns, self.settings.max_rows)
        if size == self.state.size:
            return
        self.state.size = size
        if self.live:
            self.live.resize(size)
        if self.standby:
            self.standby.sitting.resize(size)
            self.standby.resized()
        if self.live is None:
            self.terminal.paint(self.home())

    def neutral(self) -> bytes:
        """The built-in page, whole, for whatever the terminal shows now."""
        return RESET + built_in(self.settings.neutral, self.size)

    def home(self) -> bytes:
        """The latest home page that fits the terminal, else the built-in page; whole."""
        frame = self.state.frame
        return RESET + frame.read() if frame.fits(self.size) else self.neutral()

    def give_terminal(self, sitting: Sitting) -> None:
        """Make `sitting` the live one."""
        self.state.live = sitting
        sitting.since = clock.now()
        self.proven = False
        if self.settings.ends:
            self.idle.touch(clock.now())
        else:
            self.idle.rest()

    def give_terminal_to_standby(self) -> None:
        """Make the standby the live one; it paints anew unless the glass shows its frame already."""
        if self.standby is None:
            return
        standby, self.standby = self.standby, None
        self.state.standby = None
        current = standby.shows(self.size) and standby.read() and standby.shows(self.size)
        self.give_terminal(standby.sitting)
        standby.sitting.say(b"l")
        if not current:
            self.want_whole_frame()

    def want_whole_frame(self) -> None:
        """Have the live sitting paint everything again, and drop what it was writing until then."""
        if self.live is None:
            self.terminal.paint(self.home())
        else:
            self.outward.clear()
            self.live.muted_until = clock.now() + MUTE
            self.live.say(b"r")

    def show_left(self) -> None:
        """Nobody's words are here any more: let whoever asked for that see it."""
        self.state.proof_at = panic_proof.give(self.settings.proof_fd, self.state.proof_at)

    def repaint(self) -> None:
        """A panic while nothing private can be there: show the home page again, whatever is on the glass."""
        self.events.mark("panic")
        self.terminal.paint(self.home())
        self.events.mark("painted")
        self.inward.clear()
        self.terminal.drop_input()
        if self.live:
            self.want_whole_frame()
        self.state.swallow_until = clock.now() + SWALLOW
        self.show_left()
