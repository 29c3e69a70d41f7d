"""S11, S18: a process that meets a visitor shows no account of the host a word, and has an end to its memory."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import pytest

from kiosk.jail import Profile
from kiosk.jail.enter import enter


def jailed(profile: Profile, then: str = "") -> tuple[int, int, int]:
    """A process in a jail that has tried `then`: its number, where it says what came, and where it is let go."""
    said, say = os.pipe()
    wait, let_go = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(said)
        os.close(let_go)
        try:
            enter(profile)
            if then == "name":
                os.write(say, b"%d" % ctypes.CDLL(None).prctl(15, b"he found me", 0, 0, 0))
            elif then == "memory":
                bytearray(400 << 20)
            os.write(say, b"here")
        except MemoryError:
            os.write(say, b"no more")
        finally:
            os.read(wait, 1)
            os._exit(0)
    os.close(say)
    os.close(wait)
    return pid, said, let_go


@pytest.mark.parametrize("profile", [Profile.VISITOR, Profile.WORKER])
def test_no_command_line_and_no_other_name(profile: Profile) -> None:
    """S11: there is no argument area to write words into, and its name, which everybody may read, stays as it is."""
    assert Path("/proc/self/cmdline").read_bytes(), "where there is nothing to read at all, this proves nothing"
    pid, said, let_go = jailed(profile, "name")
    assert os.read(said, 100).startswith(b"-1")
    assert Path(f"/proc/{pid}/cmdline").read_bytes() == b""
    assert Path(f"/proc/{pid}/comm").read_text().strip() == profile.value.name
    _end(pid, said, let_go)


@pytest.mark.parametrize("profile", [Profile.VISITOR, Profile.CLERK, Profile.REGION_CLERK])
def test_memory_has_an_end(profile: Profile) -> None:
    """S18: 400 MiB are more than a sitting or a clerk can have."""
    pid, said, let_go = jailed(profile, "memory")
    assert os.read(said, 100) == b"no more"
    _end(pid, said, let_go)


def test_a_sitting_as_it_is_started_has_what_it_needs() -> None:
    """The limit is 384 MiB of addresses, for a sitting that peaks at 180, and at 250 with a look-up."""
    assert Profile.VISITOR.value.memory == 384 << 20


def _end(pid: int, said: int, let_go: int) -> None:
    os.close(let_go)
    os.close(said)
    os.waitpid(pid, 0)
