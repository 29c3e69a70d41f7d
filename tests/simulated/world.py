"""The judge of a schedule: what the supervisor does is compared with what has to hold, whatever comes (P2, P3, P8)."""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import Callable
from signal import SIGKILL
from typing import Any

from kiosk.supervisor.panic_key import STRING_PATIENCE
from kiosk.supervisor.signals import ENDING, PANIC
from kiosk.supervisor.stage import SWALLOW
from kiosk.supervisor.starting import MOST_FAILURES
from tests.simulated.children import FIRST_PID, KINDS, WEIGHTS, Child, Clerk, Process
from tests.simulated.doings import Doings
from tests.simulated.glass import FOUND, KEY, Chunk, Glass
from tests.simulated.kernel import Broken, Ends, Kernel, Line, Master, Memory, Thing

IDLE, WARN = 60.0, 15.0
PAUSE = 900.0
MANY_TURNS, IN_NO_TIME = 500, 0.1


class Guarded(Ends):
    """The supervisor is gone without a word: what is left is the guardian's, which has tests of its own."""


class World(Doings):
    """Everything around the supervisor, and the judge of it."""

    guard_fd = 7
    settings_fd = 0

    def begin(self, seed: int) -> None:
        """Set up a schedule."""
        self.kernel = kernel = Kernel(seed)
        chance = kernel.chance
        self.glass = Glass(kernel)
        self.processes: dict[int, Process] = {}
        self.children: list[Child] = []
        self.clerks: list[Clerk] = []
        self.live: Child | None = None
        self.told: int | None = None
        self.causes: list[str] = []
        self.ends = chance.random() < 0.2
        self.quits = chance.random() < 0.2
        self.keys: dict[bytes, tuple[float, float, Child | None]] = {}
        """Every key that was read: when it was typed, when it was read, who had the terminal then."""
        self.lately = b""
        self.typed_at: dict[bytes, float] = {}
        self.panicked_at: float | None = None
        """When a panic was heard that has not been seen to be over."""
        self.to_end: Child | None = None
        """Whose sitting it has to end."""
        self.ended_at = float("-inf")
        self.last_touch = float("inf")
        self.half_read = False
        """Whether a key may be half read: a lone Esc is settled by whatever comes next."""
        self.in_a_reply_until = 0.0
        self.turns = 0
        self.turned_at = kernel.now
        self.returned_at = kernel.now
        self.has_read = False
        self.start_failures = 0
        self.calm = False
        self.settled = False
        self.fault_of: BaseException | None = None
        self.script: list[str] = []
        self.draw()

    def child(self, pid: int) -> Child:
        """A sitting by its number."""
        found = self.processes[pid]
        assert isinstance(found, Child)
        return found

    def start(self, program: Any, descriptors: dict[int, int], *, terminal: int = -1, outlives: bool = False) -> int:
        """`processes.start`, the one place where programs are made."""
        self.kernel.call()
        chance = self.kernel.chance
        if not self.calm and chance.random() < 0.03 and program.argv[0] != "sitting":
            raise OSError(errno.EAGAIN, "no more processes")
        pid = FIRST_PID + len(self.processes) + 1
        theirs = {fd: self.kernel.get(mine) for fd, mine in descriptors.items()}
        if program.argv[0] == "sitting":
            kind = "well" if self.calm else chance.choices(KINDS, WEIGHTS)[0]
            self.note(f"  sitting {pid - FIRST_PID} starts, {kind}")
            ends = (theirs[0].line, theirs[4].line, theirs[5].line)  # type: ignore[attr-defined]
            child = Child(self, pid, kind, ends)
            self.processes[pid] = child
            self.children.append(child)
        elif program.argv[0] == "clerk":
            line = theirs[5]
            assert isinstance(line, Line)
            clerk = Clerk(self, pid, line)
            self.processes[pid] = clerk
            self.clerks.append(clerk)
        else:
            self.processes[pid] = Process(self, pid)
        return pid

    def woken(self, line: Line) -> None:
        """Something happened on a clerk's line."""
        for clerk in self.clerks:
            if clerk.line is line:
                clerk.woken()

    def given(self, really: Callable[..., None]) -> Callable[..., None]:
        """`Stage.give_terminal`, and who it was."""

        def give(stage: Any, sitting: Any) -> None:
            child = self.child(sitting.pid)
            if self.live and not self.live.killed and not self.live.dead:
                raise Broken("P3: the terminal is given on while its sitting lives")
            self.live = child
            # one that is started on the terminal itself has whatever is typed while it starts
            child.given_at = self.kernel.now if sitting.ready else self.ended_at
            self.last_touch = float("inf")
            self.note(f"  sitting {child.pid - FIRST_PID} has the terminal")
            really(stage, sitting)

        return give

    def fault(self, really: Callable[..., Any]) -> Callable[..., Any]:
        """`supervising.fail`: an end of the simulation goes on up; a fault of the supervisor's own is one."""

        def fail(stage: Any) -> None:
            error = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
            if isinstance(error, (Ends, Broken)):
                raise error
            if isinstance(error, OSError) and self.kernel.now < self.kernel.no_descriptors_until:
                raise Guarded  # no new image can be had at all: the kernel kills the sittings, the guardian clears
            raise Broken(f"the supervisor's own fault:\n{traceback.format_exc()}")

        return fail

    def signalled(self, pid: int, number: int) -> None:
        """It sends a signal."""
        process = self.processes.get(pid)
        if process is None or process.reaped:
            raise ProcessLookupError(errno.ESRCH, "no such process")
        if isinstance(process, Clerk):
            raise Broken("P8: the clerk is sent a signal")
        if isinstance(process, Child) and process is self.live:
            if self.panicked_at is not None and self.glass.painted_at < self.panicked_at and not self.glass.hung:
                raise Broken("P2: a sitting is stopped or killed before the glass is painted")
            if number == SIGKILL and not process.killed:
                self.ended_at = self.kernel.now
                if self.kernel.chance.random() < 0.3:  # and another signal, while it becomes a new image
                    self.kernel.at(self.kernel.chance.uniform(0, 0.002), lambda: self._signal(0))
        if number == SIGKILL and isinstance(process, Child):
            self.glass.gone_tags.add(process.tag)
        process.hear(number)

    def zeroed(self, process: Process) -> None:
        """It zeroes the memory of a sitting."""
        if not process.stopped and not process.dead:
            raise Broken("P2: the memory of a sitting that runs is zeroed")

    def proved(self) -> None:
        """It proves that nobody's words are here any more."""
        if self.live and self.live.said and not (self.live.killed or self.live.dead):
            raise Broken("P2: a panic is proved while a visitor's sitting lives")

    def read(self, got: bytes) -> None:
        """It has read what was typed."""
        self.has_read = True
        self.lately = self.lately[-5:] + got
        for key in KEY.findall(self.lately):
            if key in self.typed_at and key not in self.keys:
                self.keys[key] = (self.typed_at[key], self.kernel.now, self.live)
        completed, self.glass.completed = self.glass.completed, []
        part = bool(self.glass.chunks) and self.glass.taken > self.glass.chunks[0].end - self.glass.chunks[0].length
        for chunk in completed:
            self._completed(chunk)
        maybe = part or self.half_read or any(chunk.kind != "motion" for chunk in completed)
        sure = any(chunk.kind == "key" for chunk in completed) and not self.half_read
        if self.kernel.now < self.in_a_reply_until:
            self.last_touch = float("inf")  # a key in what looks like a terminal's reply wakes no idle time
        elif sure or (self.last_touch < float("inf") and maybe):
            self.last_touch = self.kernel.now
        self.half_read = part or bool(completed and completed[-1].kind not in ("key", "motion"))
        if self.half_read:
            self.in_a_reply_until = self.kernel.now + STRING_PATIENCE

    def _completed(self, chunk: Chunk) -> None:
        if chunk.kind == "panic" and chunk.typed_at > self.ended_at:
            self.panicked_at = self.kernel.now
            self.to_end = self.live if self.live and self.live.said else None

    def heard(self, numbers: bytes) -> None:
        """It has read its signals."""
        if ENDING & set(numbers):
            self.panicked_at = None
        elif PANIC & set(numbers) and (self.live is None or self.live.said):
            self.panicked_at = self.kernel.now
            self.to_end = self.live if self.live and self.live.said else None
            if self.live and self.live.killed:
                self.panicked_at = self.to_end = None

    def passed_on(self, master: Master, data: bytes) -> None:
        """It gives a sitting what was typed."""
        child = master.owner
        assert isinstance(child, Child)
        if child.killed:
            raise Broken("P2: a sitting that was killed is given keys")
        for key in KEY.findall(data):
            typed, read, whose = self.keys[key]
            if whose is not child:
                raise Broken(f"P2, P8: {key.decode()} was read for one sitting and is given to another")
            if typed < child.given_at:
                raise Broken(f"P2, P8: {key.decode()} was typed before its sitting had the terminal")
            if typed - self.ended_at < SWALLOW and read - typed < 0.03 and typed > self.ended_at:
                raise Broken(f"P2: {key.decode()} was typed in the rush after an end, and is given to the next")

    def committed(self, clerk: Clerk, key: bytes) -> None:
        """A clerk keeps."""
        whose = self.keys[key][2] if key in self.keys else None
        if whose is None or whose.clerk is not clerk.line:
            raise Broken("P8: a clerk keeps what its own sitting was not asked to keep")

    def rests(self) -> None:
        """The supervisor is about to wait: everything it was asked for is done."""
        glass, live, now = self.glass, self.live, self.kernel.now
        self.turns += 1
        if self.turns % MANY_TURNS == 0:
            if now - self.turned_at < IN_NO_TIME:
                raise Broken("the supervisor turns and turns, and waits for nothing")
            self.turned_at = now
        if self.panicked_at is not None and not glass.hung:
            if glass.painted_at < self.panicked_at:
                raise Broken("P2: a panic was read, and nothing was painted")
            if self.to_end and not self.to_end.killed:
                raise Broken("P2: a panic was read, and the sitting lives")
        self.panicked_at = self.to_end = None
        if live and live.killed:
            live = self.live = None
        if glass.reads and not glass.refused and not glass.hung:
            whose = glass.words() - ({live.tag} if live else set())
            if whose:
                raise Broken(f"P3: somebody's words stay on the glass: {whose}")
        for child in self.children:
            if child.reaped and (child.master.held or child.control.held or child.memory.held):
                raise Broken("a sitting is gone and reaped, and its lines are still held")
        if live and live.reaped:
            raise Broken("P3: a sitting is gone and still has the terminal")
        if glass.modes == FOUND and not glass.hung:
            raise Broken("the terminal is not raw")
        patience = PAUSE + IDLE if live and live.paused else IDLE
        if live and live.said and self.returned_at - self.last_touch > patience + 0.1:
            raise Broken("P3: silence ends no sitting")
        if self.calm and not self.ends and live and live.said:
            self.settled = True
        if self.calm and now - self.calm_since > 200:
            raise Broken("no sitting answers, long after all is well again")
        if glass.chunks and not glass.hung and glass.chunks[0].typed_at < self.returned_at and not self.has_read:
            raise Broken("P2: what was typed waits, and is not read")

    def returns(self) -> None:
        """It waited, and goes on."""
        self.returned_at = self.kernel.now
        self.has_read = False

    def exited(self, status: int) -> None:
        """The program is over."""
        self.note(f"exit {status}")
        if self.ends:
            self.causes.append("a sitting ended")
        if self.quits or any(child.kind == "liar" for child in self.children):
            self.causes.append("asked to by a sitting")
        failed = sum(child.dead or child.killed for child in self.children) >= MOST_FAILURES
        if not self.causes and not (status == 4 and (failed or self.kernel.no_descriptors_until)):
            raise Broken(f"P3: the program ends with {status}, and nothing asked it to")
        if status == 70 and not self.ends:
            raise Broken("P3: the program ends by a fault of its own")
        if self.told != status:
            raise Broken("P3: the guardian was not told the status")
        for child in self.children:
            if not child.killed and not child.dead:
                raise Broken("P3: a sitting outlives the program")
        if not self.glass.hung:
            if self.glass.modes != FOUND:
                raise Broken("P3: the terminal's modes are not as found")
            if self.glass.reads and not self.glass.refused and self.glass.words():
                raise Broken("P3: somebody's words stay on the glass after the end")

    def replaced(self, names: Any) -> None:
        """A new image takes the old one's place: what was not meant to live through that is closed."""
        if self.kernel.signals.inbound:
            raise Broken("a signal is lost between two images")
        for fd in list(self.kernel.things):
            if fd not in names.inheritable:
                self.kernel.close(fd)

    def told_at_start(self) -> dict[str, Any]:
        """The settings of this kiosk."""
        program: dict[str, Any] = {"env": {}}
        return {
            "sitting": {"argv": ["sitting"], **program},
            "clerk": {"argv": ["clerk"], **program},
            "closing": {"argv": ["closing"], **program},
            "idle_seconds": IDLE,
            "warn_seconds": WARN,
            "after_leaving": "end" if self.ends else "home",
            "standby": True,
            "quit": self.quits,
            "neutral": ["Neutral page"],
            "limits": {"max_columns": 400, "max_rows": 200},
            "guard_fd": self.guard_fd,
            "proof_fd": 8,
            "keep_fds": [8],
        }

    def boot(self) -> None:
        """What the launcher leaves open."""
        self.settings_fd = 6
        memory = Memory()
        for fd, thing in ((2, Memory()), (6, memory), (self.guard_fd, Thing()), (8, Thing())):
            self.kernel.things[fd] = thing
            thing.held += 1
        self.settings = memory
