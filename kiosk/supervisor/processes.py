"""Starting a program with nothing of ours but the descriptors it is meant to have."""

from __future__ import annotations

import fcntl
import os
import termios

from kiosk.supervisor import signals
from kiosk.supervisor.harden import die_with_parent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.settings import Program

_FREE = 64


def start(program: Program, descriptors: dict[int, int], *, terminal: int = -1, outlives: bool = False) -> int:
    """Start `program` in a session of its own. Returns its process id; raises OSError when none can be made.

    `descriptors` says which of ours becomes which of its; it has no others. `terminal` becomes its controlling
    terminal. Unless it `outlives` us, the kernel kills it when we die.
    """
    ours = os.getpid()
    settled, settling = os.pipe2(os.O_CLOEXEC)
    signals.hold()
    try:
        pid = os.fork()
        if pid == 0:
            try:
                _become(program, descriptors, terminal, 0 if outlives else ours)
            finally:
                os._exit(127)
    finally:
        signals.release()
        os.close(settling)
        if outlives:
            os.read(settled, 1)  # ends when its session is its own: before that, our end would hang it up
        os.close(settled)
    return pid


def _become(program: Program, descriptors: dict[int, int], terminal: int, parent: int) -> None:
    os.setsid()
    if terminal >= 0:
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    # first out of the way, so that no target overwrites a source
    moved = {theirs: fcntl.fcntl(mine, fcntl.F_DUPFD_CLOEXEC, _FREE) for theirs, mine in descriptors.items()}
    for theirs, mine in moved.items():
        os.dup2(mine, theirs)
    close_all_but(descriptors)
    if parent:
        die_with_parent()
        if os.getppid() != parent:
            os._exit(127)
    signals.as_before()
    os.execve(program.argv[0], program.argv, program.env)


def close_all_but(kept: dict[int, int]) -> None:
    """Close every descriptor that is no key of `kept`."""
    free = 0
    for descriptor in (*sorted(kept), os.sysconf("SC_OPEN_MAX")):
        if free < descriptor:  # an empty range would close everything
            os.closerange(free, descriptor)
        free = descriptor + 1


def reap(pid: int) -> bool:
    """Take the exit status of child `pid` if it has ended; tell whether it is gone."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
