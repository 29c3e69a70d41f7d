"""What sittings say on their control lines, one byte at a time, and what is done about it."""

from __future__ import annotations

from kiosk.supervisor import clock, news, printer
from kiosk.supervisor.clerk import start_clerk
from kiosk.supervisor.stage import DONE, REFUSED, ProgramEnds, SittingEnds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.children import Sitting
    from kiosk.supervisor.stage import Stage

MOST_LEFT = 8
"""Children still to be reaped beyond which no more are made for a sitting that goes on asking."""


def from_live(stage: Stage, sitting: Sitting) -> None:
    """Act on what the live sitting said. Raises `SittingEnds` or `ProgramEnds`."""
    for message in sitting.hear():
        if message == ord("h"):
            sitting.greet()
            sitting.say(b"l")
        elif message == ord("p"):
            sitting.ready = True
        elif message == ord("B"):
            _begin_frame(stage, sitting)
        elif message == ord("K") and stage.settings.clerk:
            clerk = start_clerk(stage.settings.clerk, sitting)
            if clerk:
                stage.state.leftover.append(clerk)
        elif message == ord("D"):
            _hand_printer(stage, sitting)
        elif message == ord("N"):
            _count_lookup(stage, sitting)
        elif message == ord("A") and stage.settings.speech:
            sitting.voice.start(stage.settings.speech, stage.settings.snapshot_fd)
        elif message == ord("Z"):
            stage.idle.pause(clock.now())
        elif message == ord("z"):
            stage.idle.resume(clock.now())
        elif message in b"LQXE":
            _end(stage, message)


def _hand_printer(stage: Stage, sitting: Sitting) -> None:
    """Have the printer handed to a sitting that asks, unless too many who should be gone are still there."""
    if stage.settings.printer and len(stage.state.leftover) < MOST_LEFT:
        child = printer.hand_over(stage.settings.printer, sitting.control, stage.terminal.fd)
        if child:
            stage.state.leftover.append(child)


def _count_lookup(stage: Stage, sitting: Sitting) -> None:
    """Have a look-up counted and answered, unless too many who should be gone are still there: silence is a no."""
    if stage.settings.lookups and len(stage.state.leftover) < MOST_LEFT:
        child = news.answer(stage.settings.lookups, sitting.control)
        if child:
            stage.state.leftover.append(child)


def _begin_frame(stage: Stage, sitting: Sitting) -> None:
    if clock.now() < sitting.muted_until:
        stage.outward.drain(sitting.master)
        sitting.muted_until = 0.0
    sitting.say(b"b")


def _end(stage: Stage, message: int) -> None:
    """A sitting's own wish to end. Where visitors follow one another it ends that sitting, never the program."""
    settings = stage.settings
    if message == ord("Q"):
        if settings.quit:
            raise ProgramEnds(DONE)
    elif not settings.ends:
        raise SittingEnds
    else:
        raise ProgramEnds(REFUSED if message == ord("E") else DONE, linger=message == ord("L"))


def from_standby(stage: Stage) -> None:
    """Act on what the standby said; one that is ready while nobody has the terminal gets it."""
    standby = stage.standby
    if standby is None:
        return
    for message in standby.sitting.hear():
        if message == ord("h"):
            standby.sitting.greet()
        elif message == ord("B"):
            standby.begin_frame()
        elif message == ord("P"):
            standby.end_frame(stage.size)
            stage.events.mark("standby-ready")
        elif message == ord("p"):
            standby.sitting.ready = True
            standby.ask(stage.size, clock.now())
    if standby.sitting.ready and stage.live is None:
        stage.terminal.drop_input()
        stage.give_terminal_to_standby()
        stage.events.mark("handed")
