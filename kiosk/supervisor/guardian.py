"""The guardian: a few lines of shell above the supervisor, which clear the terminal when the supervisor is killed.

It holds one end of a pipe, the supervisor the other. A supervisor that ends in order says its exit status on it; when
the pipe closes without a word, no signal handler had its turn (SIGKILL, SIGSEGV, the kernel out of memory), and the
sittings, which the kernel kills with their parent, have left their page on the glass.
"""

from __future__ import annotations

import contextlib
import os
import signal
import termios

from kiosk.supervisor.harden import die_with_parent
from kiosk.supervisor.terminal import RESET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.terminal import Modes

SHELL = "/bin/sh"
"""Half a megabyte, where it is dash."""

NAME = "kiosk-guardian"
"""What it is called among the processes."""

_SAID = "The kiosk was ended from outside, or met a fault of its own. Nothing of a visit was kept by that."

# every signal that ends a kiosk or a sitting goes on; one that interrupts `read` is no end of the pipe
_SCRIPT = """
for signal in HUP INT QUIT USR1 USR2 TERM ALRM ABRT TSTP; do
  trap "heard=yes; kill -$signal $1 2>/dev/null" $signal
done
trap "" PIPE TTIN TTOU XFSZ
while heard=; ! read -r status <&3; do
  [ "$heard" ] && continue
  printf %s "$2"
  stty "$3"
  echo "$4"
  exit 70
done
exit "$status"
"""

_line = -1


def stand() -> None:
    """Go on in a child of this process, which becomes the guardian of the terminal; without a terminal do nothing.

    Raises OSError where no process can be made.
    """
    global _line
    try:
        modes = as_words(termios.tcgetattr(0))
    except termios.error:
        return
    ours = os.getpid()
    heard, _line = os.pipe2(os.O_CLOEXEC)
    pid = os.fork()
    if pid == 0:
        os.close(heard)
        die_with_parent(signal.SIGTERM)
        if os.getppid() != ours:
            os._exit(0)
        return
    try:
        os.dup2(heard, 3)
        os.set_inheritable(3, True)  # it may have been that number from the first
        words: list[bytes | str] = [NAME, "-c", _SCRIPT, NAME, str(pid), RESET, modes, _SAID]
        os.execve(SHELL, words, {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"})
    finally:
        os._exit(70)


def hand_on() -> int:
    """Our end of the pipe, which lives through `execve` from now on; -1 without a guardian."""
    if _line >= 0:
        os.set_inheritable(_line, True)
    return _line


def tell(status: int, line: int | None = None) -> None:
    """Say that this process ends in order, with `status`, and has left nothing on the terminal."""
    with contextlib.suppress(OSError):
        os.write(_line if line is None else line, b"%d\n" % status)


def as_words(modes: Modes) -> str:
    """A terminal's modes as `stty` of coreutils takes them (`stty -g`)."""
    *flags, _, _, keys = modes
    numbers = [*flags, *(key[0] if isinstance(key, bytes) else key for key in keys)]
    return ":".join(f"{number:x}" for number in numbers)
