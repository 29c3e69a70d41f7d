"""P1 under tmux, where a station allows it: glass, history and buffers are clear. The server's own memory is not
promised, and `SECURITY.md` says so.
"""

from __future__ import annotations

import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import ExitCode
from tests.faults import station
from tests.faults.canary import Canaries
from tests.faults.visitor import HOME
from tests.pace import patience

pytestmark = pytest.mark.tool("tmux")
PATIENCE = patience()


class Tmux:
    """A tmux server of our own with one window."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # the path of a socket may not be long
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk"))
        self._run("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "34", "sh")
        for option in (("set-clipboard", "on"), ("history-limit", "9999"), ("remain-on-exit", "on")):
            self._run("set-option", "-g", *option)

    def start(self, *words: str) -> None:
        """Start a kiosk in the window; its status is shown when it has ended."""
        command = shlex.join([sys.executable, "-m", "kiosk", *words])
        self.send(f"{command}; echo status=$?\r".encode())

    def send(self, keys: bytes) -> None:
        """Send these bytes as they are."""
        self._run("send-keys", "-H", *(f"{byte:02x}" for byte in keys))

    def everything(self) -> str:
        """The glass, what scrolled off it, the other screen, and every paste buffer."""
        shown = [self._run("capture-pane", "-p", "-J", "-S", "-"), self._run("capture-pane", "-p", "-a", "-q")]
        names = self._run("list-buffers", "-F", "#{buffer_name}").split()
        shown += [self._run("show-buffer", "-b", name) for name in names]
        shown.append(self._run("display-message", "-p", "#{pane_title} #{window_name} #{session_name}"))
        return "\n".join(shown)

    def see(self, text: str) -> None:
        """Wait until it shows `text`."""
        end = time.monotonic() + PATIENCE
        while text not in " ".join(self._run("capture-pane", "-p").split()):
            assert time.monotonic() < end, self.everything()
            time.sleep(0.05)

    def close(self) -> None:
        """End the server and all in it."""
        self._run("kill-server")
        shutil.rmtree(self.folder)

    def _run(self, *words: str) -> str:
        command = ["tmux", "-S", str(self.folder / "socket"), *words]
        done = subprocess.run(
            command, env=station.surroundings(self.home, SHELL="/bin/sh"), capture_output=True, text=True, check=False
        )
        return done.stdout


@pytest.fixture
def tmux(short: Path) -> Iterator[Tmux]:
    """A tmux whose window is a shell's."""
    running = Tmux(short)
    yield running
    running.close()


@pytest.mark.parametrize("end", [b"\x1b[24~", b"\x1b\x1b\x1b"], ids=["F12", "Esc three times"])
def test_nothing_stays_in_tmux(tmux: Tmux, end: bytes) -> None:
    """P1, P3, B5, D10: after leaving, and after the program's end, tmux shows and holds nothing of what she saw or
    typed.
    """
    canaries = Canaries()
    canary = canaries.fresh("county")
    before = f"before-{secrets.token_hex(4)}"
    tmux.send(f"echo {before}\r".encode())
    tmux.see(before)
    tmux.start("run")
    tmux.see(HOME)
    tmux.send(b"c")
    tmux.see(station.said("county-title"))
    tmux.send(canary.encode())
    tmux.see(canary)
    assert canaries.hits(tmux.everything().encode()), "what she types must be found while she is there"
    tmux.send(end)
    tmux.see(HOME)
    assert not canaries.hits(tmux.everything().encode())
    time.sleep(1)  # keys are dropped for a moment after an end
    tmux.send(b"\x11")
    tmux.see("status=0")
    left = tmux.everything()
    assert not canaries.hits(left.encode())
    assert HOME not in left and before not in left


def test_a_kiosk_inside_tmux_is_refused(tmux: Tmux, short: Path) -> None:
    """P1, I9: unless the station allows it, a kiosk inside tmux ends with status 3 and says why; practice starts."""
    settings = short / "station.toml"
    settings.write_text(settings.read_text().replace("allow_recorder = true", "allow_recorder = false"))
    tmux.start("run")
    tmux.see(f"status={int(ExitCode.REFUSED)}")
    said = " ".join(tmux.everything().split())
    assert "tmux" in said and "Hint: " in said and HOME not in said
    tmux.start("run", "--practice")
    tmux.see(HOME)
