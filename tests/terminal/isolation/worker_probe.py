"""A desk that enters its jail, starts a worker of its own, and tells what that one can do before and after its jail."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.records.unsealing import private_parts
from kiosk.desk.records.unsealing_worker import ANSWER_LENGTH, ask, begin
from kiosk.jail.enter import enter
from kiosk.jail.profile import Profile
from kiosk.seal.record import seal
from tests.made_up import SEED, SEEDS, a_summary

GET_DUMPABLE = 3
INSIDE = """
import json, sys
from tests.terminal.isolation.worker_probe import tried
from kiosk.jail import enter as jail
before, real = tried({home!r}), jail.enter
def entering(profile, **named):
    held = real(profile, **named)
    sys.stderr.write(json.dumps([before, tried({home!r})]) + chr(10))
    sys.stderr.flush()
    return held
jail.enter = entering
from kiosk.desk.records import unsealing_worker
unsealing_worker.main()
"""


def outcome(action: Callable[[], object]) -> str:
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


def tried(home: str) -> dict[str, str]:
    """Write a file in the desk's own folder, start Python, open a socket."""
    return {
        "write": outcome(lambda: Path(home, "file").write_text("x")),
        "start": outcome(lambda: subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)),
        "socket": outcome(lambda: socket.socket(socket.AF_UNIX).close()),
        "dumpable": str(ctypes.CDLL(None).prctl(GET_DUMPABLE)),
    }


def main() -> None:
    home = sys.argv[1]
    sealed = bytes(seal(a_summary(), 10_000_005, [recipient(SEED)]))
    root = Path(__file__).resolve().parents[3]
    enter(Profile.DESK, readable=[root], writable=[Path(home), Path(os.devnull)])
    code = INSIDE.format(home=home)
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    worker = subprocess.Popen([sys.executable, "-s", "-P", "-c", code], **pipes)  # type: ignore[call-overload]
    worker.stdin.write(begin(private_parts(SEEDS)) + ask([(10_000_005, sealed)]))
    worker.stdin.flush()
    answer = worker.stdout.read(ANSWER_LENGTH)
    worker.stdin.close()
    before, after = json.loads(worker.stderr.readline() or "[{}, {}]")
    worker.wait()
    opened = len(answer) // ANSWER_LENGTH if answer[:1] == b"\0" else 0
    print(json.dumps({"before": before, "after": after, "opened": opened}))


if __name__ == "__main__":
    main()
