"""A person types `kiosk` on a new machine: set-up, the home page, and every way out of set-up."""

from __future__ import annotations

import os
import signal
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk import config
from kiosk.launch.recorders import recorder
from kiosk.paths import Place, check_modes
from tests.command_line import kiosk
from tests.terminal import proc
from tests.terminal.console import Console

OWN = "tulip granite wagon"
HOME = "1 Housing questions"
Start = Callable[..., Console]


@pytest.fixture
def start(kiosk_home: Path) -> Iterator[Start]:
    """Start `kiosk` on a terminal; it is closed after the test."""
    assert recorder() is None, "inside tmux, screen or script a kiosk rightly refuses: run these tests outside"
    made: list[Console] = []

    def begin(*words: str, **named: int) -> Console:
        made.append(Console(kiosk_home, *words, **named))  # type: ignore[arg-type]
        return made[-1]

    yield begin
    for each in made:
        each.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A private passphrase file."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text(OWN)
    return path


def to_the_passphrase(glass: Console) -> None:
    """Walk through set-up with every default, up to the passphrase."""
    for page in range(1, 10):
        glass.wait_for(f"Set-up, {page} of")
        glass.type("harbor\r" if page == 6 else "\r")
    glass.wait_for("A passphrase for")


def to_the_summary(glass: Console) -> None:
    """Walk on with a passphrase of one's own."""
    to_the_passphrase(glass)
    glass.type("2\r")
    glass.wait_for("Your passphrase")
    glass.type(f"{OWN}\r{OWN}\r")
    glass.wait_for("Is this right?")


def test_from_nothing_to_the_home_page(start: Start, kiosk_home: Path, file: Path, tmp_path: Path) -> None:
    """`kiosk` on a new machine offers set-up, makes the kiosk, and goes on to its home page; then a list opens."""
    glass = start("run")
    to_the_summary(glass)
    assert not kiosk_home.exists(), "nothing is made before the last page"
    glass.press("enter")
    glass.wait_for("The kiosk is ready")
    glass.press("enter")
    glass.wait_for(HOME)
    assert b"granite" not in glass.log, "a passphrase of one's own is never shown"
    place = Place(kiosk_home)
    check_modes(place)
    assert config.read(place.station_toml).role == "staff"
    glass.press("ctrl+q", "ctrl+q")
    glass.taken()
    glass.press("f3")
    glass.wait_for("Español")
    assert kiosk("stop", cwd=tmp_path).stdout == "1 kiosk ended.\n"
    assert glass.ended() == 0
    assert termios.tcgetattr(glass.slave) == glass.modes
    glass.wait(lambda: glass.screen_text() == "", "a clear glass")
    listed = kiosk("list", "--passphrase-file", str(file), cwd=tmp_path)
    assert (listed.returncode, listed.stdout) == (0, "No summary is on the list.\n"), listed.stderr


@pytest.mark.parametrize("way", ["F12", "Esc three times", "SIGTERM", "SIGHUP", "SIGKILL of the pages"])
def test_every_way_out_of_set_up_leaves_nothing(way: str, start: Start, kiosk_home: Path) -> None:
    """Set-up runs under the same panic: the passphrase is off the glass, nothing is made, the terminal is as found."""
    glass = start("setup")
    to_the_passphrase(glass)
    glass.press("enter")
    glass.wait_for("The provider's passphrase")
    words = next(line for line in glass.lines() if "│" in line).replace("│", " ").split()
    assert len(words) >= 3
    supervisor = glass.wait(lambda: proc.children(glass.pid), "the supervisor")[0]
    match way:
        case "F12":
            glass.press("f12")
        case "Esc three times":
            glass.send(b"\x1b\x1b\x1b")
        case "SIGTERM":
            os.kill(supervisor, signal.SIGTERM)
        case "SIGHUP":
            os.kill(supervisor, signal.SIGHUP)
        case _:
            os.kill(proc.children(supervisor)[0], signal.SIGKILL)
    assert glass.ended() == 3
    shown = glass.screen_text()
    assert "nothing has been made" in shown and not any(word in shown.split() for word in words)
    assert not any(word in glass.history_text().split() for word in words)
    assert termios.tcgetattr(glass.slave) == glass.modes
    assert not kiosk_home.exists()
    assert [path.name for path in kiosk_home.parent.iterdir() if "kiosk" in path.name] == []


def test_panic_from_another_terminal(start: Start, file: Path, tmp_path: Path) -> None:
    """`kiosk panic` reaches a running kiosk: its sitting is another process afterwards, and the kiosk goes on."""
    words = ("--agency", "HARBOR", "--own-machine", "--passphrase-file", str(file))
    assert kiosk("setup", "--yes", *words, cwd=tmp_path).returncode == 0
    assert kiosk("panic", cwd=tmp_path).stdout == "No kiosk is running.\n"
    glass = start()
    glass.wait_for(HOME)
    before = glass.live()
    assert kiosk("panic", cwd=tmp_path).stdout == "1 kiosk left.\n"
    glass.wait(lambda: not proc.alive(before), "the end of the sitting")
    glass.wait(lambda: [pid for pid in glass.sitting_pids() if pid != before], "the next sitting")
    glass.wait_for(HOME)
    assert glass.process.poll() is None
    assert glass.until_ended("ctrl+q") == 0
    assert kiosk("panic", cwd=tmp_path).stdout == "No kiosk is running.\n"


def test_practice_on_a_bare_machine(start: Start, kiosk_home: Path) -> None:
    """`kiosk run --practice` needs no set-up, shows its home page, and makes nothing."""
    glass = start("run", "--practice")
    glass.wait_for(HOME)
    assert glass.until_ended("ctrl+q") == 0
    assert not kiosk_home.exists()


def test_small_terminals_are_served(start: Start) -> None:
    """Set-up can be walked on 40 by 20."""
    glass = start("setup", columns=40, rows=20)
    to_the_summary(glass)
    glass.press("f12")
    assert glass.ended() == 3
