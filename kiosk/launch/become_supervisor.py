"""Starting the supervisor: its settings and the sitting's snapshot in sealed memory, then `execve` into it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kiosk.errors import ExitCode, KioskError
from kiosk.launch import integrity
from kiosk.launch.environment import for_child
from kiosk.launch.resource_limits import require_descriptors
from kiosk.launch.sealed_memory import SealedMemory
from kiosk.supervisor import guardian
from kiosk.supervisor.terminal import MAX_COLUMNS, MAX_ROWS, RESET, Terminal

if TYPE_CHECKING:
    from kiosk.launch.first_sitting import FirstSitting


class NoTerminal(KioskError):
    """The program was not started on a terminal."""

    hint = "Start it on a console, in a terminal window, or over `ssh -t`, with nothing redirected."


@dataclass(frozen=True, slots=True)
class Program:
    """A program that the supervisor starts."""

    argv: tuple[str, ...]
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the supervisor is told: whom to start, and how the terminal is to be looked after."""

    sitting: Program
    neutral: tuple[str, ...]
    """Lines of the built-in frame, clipped to any size."""
    clerk: Program | None = None
    closing: Program | None = None
    """Started once, detached, when the supervisor ends."""
    idle_seconds: int = 180
    warn_seconds: int = 30
    panic_key: str | None = None
    after_leaving: str = "home"
    quit: bool = False
    """Whether a sitting may end the program, as an operator does by Ctrl+Q."""
    standby: bool = True
    printer: str | None = None
    """The device file that the supervisor opens and hands to each sitting."""
    news: str | None = None
    """The file of this station's editions of news, which the supervisor opens for each sitting."""
    lookups: str | None = None
    """Where the supervisor counts look-ups of news."""
    speech: Program | None = None
    """Reads aloud to one visitor; started when she asks, killed with her sitting."""


def python(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs one of our modules, with nothing of this user or this folder on its path."""
    return (sys.executable, "-s", "-P", "-m", module, *arguments)


def require_terminal() -> None:
    """See that input, output and errors are one and the same terminal, with files to spare. Raises a `KioskError`."""
    try:
        names = {os.ttyname(descriptor) for descriptor in (0, 1, 2)}
    except OSError:
        raise NoTerminal("This needs a terminal, and was started without one.") from None
    if len(names) != 1:
        raise NoTerminal("Input, output and errors must be the same terminal.")
    if "TERM" not in os.environ:
        raise NoTerminal("This terminal's kind (TERM) is not one the program knows.")
    require_descriptors()


def memory(name: str, data: bytes) -> int:
    """`data` in memory that nobody can change any more. Returns a read-only descriptor that survives `execve`."""
    there = SealedMemory(name)
    there.fill(data)
    return there.fd


def settings(
    plan: Plan,
    snapshot_fd: int | None,
    keep_fds: Sequence[int],
    first: Mapping[str, object] | None = None,
    *,
    guard_fd: int = -1,
    parent: int = 0,
) -> bytes:
    """The supervisor's settings as JSON. The last of `keep_fds` is the lock of this kiosk's own file."""
    told = asdict(plan)
    told["first"] = first
    told["guard_fd"], told["parent"] = guard_fd, parent
    told["watchdog"] = os.environ.get("NOTIFY_SOCKET", "")
    told["snapshot_fd"] = snapshot_fd
    told["keep_fds"] = list(keep_fds)
    told["proof_fd"] = keep_fds[-1] if keep_fds else -1
    told["limits"] = {"max_columns": MAX_COLUMNS, "max_rows": MAX_ROWS}
    return json.dumps(told).encode()


def _command(
    plan: Plan,
    snapshot: bytes | None,
    keep_fds: Sequence[int],
    first: FirstSitting | None = None,
    *,
    guard_fd: int = -1,
    parent: int = 0,
) -> tuple[list[str], list[int]]:
    """The supervisor's command line, and the descriptors that it must inherit."""
    if first is None or snapshot is None:
        snapshot_fd = None if snapshot is None else memory("snapshot", snapshot)
        settings_fd = memory("settings", settings(plan, snapshot_fd, keep_fds, guard_fd=guard_fd, parent=parent))
    else:
        snapshot_fd = first.go(snapshot, plan.news)
        settings_fd = memory(
            "settings", settings(plan, snapshot_fd, keep_fds, first.hand_on(), guard_fd=guard_fd, parent=parent)
        )
    for descriptor in keep_fds:
        os.set_inheritable(descriptor, True)
    main = Path(__file__).parents[1] / "supervisor" / "__main__.py"
    command = [sys.executable, "-I", "-S", str(main), "--settings", str(settings_fd)]
    return command, [settings_fd, *keep_fds, *([] if snapshot_fd is None else [snapshot_fd])]


def become(
    plan: Plan, snapshot: bytes | None = None, keep_fds: Sequence[int] = (), first: FirstSitting | None = None
) -> NoReturn:
    """Turn this process into the supervisor. `keep_fds` (locks) stay open in it and reach no child; the
    last, where there are any, is that of this kiosk's own file.

    `first` is the plan's first sitting, where it was started already.
    """
    line = guardian.hand_on()
    parent = os.getppid() if line >= 0 else 0
    command, _ = _command(plan, snapshot, keep_fds, first, guard_fd=line, parent=parent)
    integrity.check("kiosk")  # a first sitting takes longer to load than this
    os.chdir("/")
    os.execve(command[0], command, for_child(dict(os.environ)))  # noqa: S606  # there is no shell to fool


def run_beside(plan: Plan, snapshot: bytes | None = None) -> int:
    """Run a supervisor on this terminal as a child, and wait. Returns its exit status, 70 if it was killed.

    One that was killed has cleared nothing: this process does it, as the guardian does for a kiosk.
    """
    import signal

    terminal = Terminal(0)
    command, descriptors = _command(plan, snapshot, (), parent=os.getpid())
    # Keys cannot raise these while the supervisor holds the terminal raw; before and after, they must not part the two.
    quiet = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
    before = [signal.signal(number, signal.SIG_IGN) for number in quiet]
    try:
        pid = os.posix_spawn(command[0], command, for_child(dict(os.environ)), setsigdef=quiet)
        _, status = os.waitpid(pid, 0)
    finally:
        for number, handler in zip(quiet, before, strict=True):
            signal.signal(number, handler)
        for descriptor in descriptors:
            os.close(descriptor)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return code
    os.write(1, RESET)
    terminal.restore()
    return ExitCode.INTERNAL
