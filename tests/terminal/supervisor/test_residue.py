"""P1: nothing that was typed is left in the memory of whoever survives the sitting."""

from __future__ import annotations

import os
import random
import re
import signal
import string
from pathlib import Path

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, Glass
from tests.terminal.supervisor.processes import children

LETTERS = 14


def canary() -> str:
    """A word nobody else would say; it is in no argument and no environment."""
    return "".join(random.SystemRandom().choices(string.ascii_lowercase, k=LETTERS))


def found(pid: int, word: str) -> int:
    """How many copies of `word`, whole or any eight letters of it, are in the memory of process `pid`."""
    pieces = [word[place : place + 8] for place in range(LETTERS - 7)]
    forms = [piece.encode(code) for piece in pieces for code in ("utf-8", "utf-16-le", "utf-32-le")]
    pattern = re.compile(b"|".join(map(re.escape, forms)))
    hits = 0
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            bounds, rights, *_ = line.split()
            if not rights.startswith("r") or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, stop = (int(bound, 16) for bound in bounds.split("-"))
            memory.seek(start)
            hits += len(pattern.findall(memory.read(stop - start) or b""))
    return hits


def say(glass: Glass, word: str, how: str) -> None:
    """Type the word as keys, as one paste, or as kitty keys."""
    if how == "keys":
        for letter in word:
            glass.type(letter.encode())
            glass.until(b"=")
    elif how == "paste":
        glass.type(b"\x1b[200~" + word.encode() + b"\x1b[201~")
    else:
        glass.type((word + " ").encode() * 3000)


@pytest.mark.parametrize("how", ["keys", "paste", "many"])
@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stopped"])
def test_nothing_typed_survives_a_panic(start: Start, how: str, stopped: bool) -> None:
    """P1: the scan finds the words in the sitting, and nowhere once panic is over."""
    glass = start()
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    word = canary()
    say(glass, word, "keys")
    glass.until(f"said={word}=".encode())
    if os.geteuid() != 0:
        # the kernel itself refuses what the scan would do: nobody of this user can read the supervisor
        with pytest.raises(PermissionError):
            found(glass.pid, word)
        return
    assert found(first, word) > 0
    glass.wait(lambda: found(glass.pid, word) == 0, "nothing in transit")
    if stopped:
        os.kill(first, signal.SIGSTOP)
    say(glass, word, how)
    glass.type(F12)
    glass.gone(first)
    glass.until_event("standby-ready", 2)
    for pid in (glass.pid, *children(glass.pid)):
        assert found(pid, word) == 0
