"""Reading aloud on a real terminal: a voice of its own for each visitor, which hears the pack's words alone."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.left import Left
from tests.terminal.test_line import OWN, awake, said
from tests.terminal.way import GATE, PACK, PARTS, START, W, go, head, title

MADE_UP = f"""#!{sys.executable} -IS
import os, socket, sys
there = socket.socket(socket.AF_UNIX)
there.connect(os.path.join(os.path.dirname(os.path.abspath(__file__)), "heard"))
there.sendall(" ".join(sys.argv[1:]).encode() + b"\\n")
try:
    open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "written"), "w")
    there.sendall(b"WROTE A FILE\\n")
except OSError:
    pass
try:
    socket.socket(socket.AF_INET)
    there.sendall(b"HAS A NETWORK\\n")
except OSError:
    pass
for line in sys.stdin.buffer:
    there.sendall(line)
"""
"""An espeak-ng that tells what it is told, tries to write a file and to reach the network."""


class Ear:
    """Hears what made-up voices are told."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "espeak-ng"
        self.program.write_text(MADE_UP)
        self.program.chmod(0o755)
        self.heard = bytearray()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(folder / "heard"))
        self._socket.listen()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                voice, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(voice,), daemon=True).start()

    def _hear(self, voice: socket.socket) -> None:
        with voice:
            while told := voice.recv(65536):
                self.heard += told

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    made = Ear(tmp_path)
    yield made
    made.close()


def voices(console: Console) -> list[int]:
    return [pid for pid in proc.children(console.pid) if b"kiosk.speech" in proc.command(pid)]


def heard(console: Console, ear: Ear, text: str) -> None:
    console.wait(lambda: text.encode() in ear.heard, f"{text!r} to be read aloud; heard {bytes(ear.heard)[-300:]!r}")


def test_line_by_line(start_kiosk: Start, ear: Ear, canary: str) -> None:
    """Nothing is read before headphones are confirmed; then every page is, and never what she typed (P1).

    The voice can write no file and reach no network; panic kills it with her, and the next visitor begins in silence.
    """
    console = start_kiosk("--line", speech=str(ear.program), rows=60)
    awake(console)
    go(console, ((said("1", ""), title("gate")), (said("read"), W("aloud-title")), (said(""), title("gate"))))
    assert voices(console) == []
    go(console, ((said("read", "1"), title("gate")),))
    heard(console, ear, "-v en")
    heard(console, ear, f"2. {W('gate-plan')}")
    first = voices(console)
    assert len(first) == 1
    know = next(index for index, each in enumerate(PARTS) if each.id == "what-i-know")
    go(console, ((said("1", "", "", "1", "1", "2", str(know + 1), str(OWN)), W("line-type-here")),))
    go(console, ((said(canary), W("line-own")), (said("", "", "show"), canary)))
    heard(console, ear, W("take-body"))
    assert canary.encode() not in ear.heard
    assert b"WROTE A FILE" not in ear.heard and b"HAS A NETWORK" not in ear.heard
    assert not (ear.program.parent / "written").exists()
    below = proc.family(first[0])
    assert below
    left = Left(console, canary)
    console.press("f12")
    left.check()
    for pid in (*first, *below):
        console.gone(pid)
    awake(console)
    told = len(ear.heard)
    go(console, ((said("1", ""), title("gate")),))
    assert voices(console) == [] and len(ear.heard) == told


def test_full_screen(start_kiosk: Start, ear: Ear) -> None:
    """Ctrl+R asks for headphones and then reads, again as often as it is pressed; Ctrl+T is quiet; leaving ends it."""
    console = start_kiosk(speech=str(ear.program))
    go(console, GATE)
    go(console, ((b"\x12", W("aloud-title")), (b"1\r", title("gate"))))
    heard(console, ear, f"1. {W('gate-yes')}")
    before = ear.heard.count(W("gate-yes").encode())
    console.send(b"\x12")
    console.wait(lambda: ear.heard.count(W("gate-yes").encode()) > before, "the page, once more")
    go(console, ((b"1\r", title("notice-confidential")),))
    heard(console, ear, W.of(next(page for page in PACK.pages if page.id == "notice-confidential").title))
    console.send(b"\x14")
    (voice,) = voices(console)
    go(console, ((b"\r", title("framing")),))
    console.press("f12")
    console.gone(voice)
    console.wait_for(START)
    assert head(W.of(next(page for page in PACK.pages if page.id == "framing").title)).encode() not in ear.heard


@pytest.mark.tool("espeak-ng")
def test_a_real_voice(start_kiosk: Start) -> None:
    """espeak-ng itself starts under the voice's jail, and takes its lines."""
    console = start_kiosk("--line", speech=shutil.which("espeak-ng"))
    awake(console)
    go(console, ((said("read", "1"), W("start")),))
    voice = console.wait(lambda: voices(console), "a voice")[0]
    console.wait(lambda: any(b"espeak-ng" in proc.command(pid) for pid in proc.family(voice)), "espeak-ng")
    console.press("f12")
    console.gone(voice)
