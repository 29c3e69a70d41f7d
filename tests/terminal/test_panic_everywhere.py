"""Leave now, from every page, in every encoding, whatever the sitting or the terminal is in the middle of (P2, P3)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.keyboard import ESC, PANIC, PASTE_START
from tests.terminal.left import Left
from tests.terminal.way import W, awake, go, leave, routes, served, title

ENCODINGS = list(PANIC.values())
PAGES = list(routes("canary"))


class Shared:
    """One kiosk for many panics; started anew after a test that failed half-way."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._console: Console | None = None
        self._clean = False

    def at_home(self) -> Console:
        """Return a kiosk with a new visitor before the home page."""
        if self._console is None or not self._clean:
            if self._console:
                self._console.close()
            self._console = self._start()
        self._clean = False
        return self._console

    def again(self) -> None:
        """See that the next visitor is served."""
        assert self._console
        awake(self._console)
        self._clean = True

    def last(self) -> None:
        if self._console and self._clean:
            served(self._console)


@pytest.fixture(scope="module")
def shared(start_for_all: Start) -> Iterator[Shared]:
    kiosk = Shared(start_for_all)
    yield kiosk
    kiosk.last()


def field(console: Console, canary: str) -> None:
    """Open the nearest field and type into it."""
    go(console, routes(canary)["county list"])


@pytest.mark.parametrize("page", PAGES)
def test_at_every_page(shared: Shared, canary: str, page: str) -> None:
    """P2, D1: leave now works on every page and in every window, in one encoding after the other."""
    console = shared.at_home()
    steps = routes(canary)[page]
    go(console, steps)
    text = [] if page in ("home", "pause") else [steps[-1][1]]
    left = Left(console, *text)
    console.send(ENCODINGS[PAGES.index(page) % len(ENCODINGS)])
    left.check()
    shared.again()


@pytest.mark.parametrize("encoding", PANIC)
def test_in_every_encoding(shared: Shared, canary: str, encoding: str) -> None:
    """P2: what any terminal sends for F12, or for Esc three times, ends the sitting from within a field."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.send(PANIC[encoding])
    left.check()
    shared.again()


SPLIT = ("legacy", "kitty press", "Esc three times")


@pytest.mark.parametrize(
    ("encoding", "place"), [(name, place) for name in SPLIT for place in range(1, len(PANIC[name]))]
)
def test_split_at_every_byte(shared: Shared, canary: str, encoding: str, place: int) -> None:
    """P2, A5: the key may come in two parts; the second is sent once the first was taken."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.send(PANIC[encoding][:place])
    console.taken()
    console.send(PANIC[encoding][place:])
    left.check()
    shared.again()


BEFORE = {
    "an unclosed paste": PASTE_START + b"and then",
    "half a letter": "é".encode()[:1],
    "half an emoji": "🙂".encode()[:3],
    "half a sequence": b"\x1b[12;",
    "half a device control string": b"\x1bP>|xte",
    "half a command string": b"\x1b]11;rgb:00",
    "half an old mouse report": b"\x1b[M ",
    "one Esc": ESC,
    "two Escs": ESC * 2,
    "letters": b"abc",
    "bytes that are no text": bytes(range(0x80, 0x9B)) + b"\xff\xfe",
    "a megabyte of letters": b"x" * (1 << 20),
}


@pytest.mark.parametrize("before", BEFORE)
def test_after_anything(shared: Shared, canary: str, before: str) -> None:
    """P2, D2, D3: whatever came before the key and is not yet whole, the key is seen."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.send(BEFORE[before] + PANIC["legacy"])
    left.check()
    shared.again()


def test_with_the_sitting_stopped(shared: Shared, canary: str) -> None:
    """P2: a sitting that does not run at all is ended as fast; what it was sent before dies with it."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    os.kill(left.live, signal.SIGSTOP)
    console.type("more")
    console.press("f12")
    left.check()
    shared.again()


def test_with_the_clerk_stopped(start_kiosk: Start) -> None:
    """P2, P8: while a number is coming, and does not come, leaving is as free as ever, and keeps nothing."""
    console = start_kiosk()
    go(console, routes("")["release"])
    console.send(b"\r")
    clerk = int(console.wait(console.clerk_pids, "the clerk")[0])
    os.kill(clerk, signal.SIGSTOP)
    console.wait_for(W("number-coming"))
    left = Left(console, W("number-coming"))
    console.press("f12")
    left.check()
    os.kill(clerk, signal.SIGCONT)
    served(console)
    console.wait(lambda: not proc.alive(clerk), "the end of the clerk")
    assert console.kept() == []


def test_right_after_keep(start_kiosk: Start) -> None:
    """P8: Keep and leave now in one packet: the record is stored whole or not at all, and its number is not shown."""
    console = start_kiosk()
    go(console, routes("")["review"])
    left = Left(console, title("review-title"))
    console.press("f10")
    console.press("f12")
    left.check()
    assert W("kept-title") not in console.screen_text()
    leave(console)
    console.press("ctrl+q")
    assert console.ended() == 0
    assert len(console.kept()) <= 1


def test_twice_in_a_row(shared: Shared, canary: str) -> None:
    """P2: a second press, while the first one's end is under way, changes nothing about it."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.press("f12")
    console.taken()
    console.press("f12")
    left.check()
    shared.again()


def test_held_down(shared: Shared, canary: str) -> None:
    """P2: a key held down repeats; the home page stays, and the next visitor is served."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    for _ in range(60):
        console.press("f12")
        console.taken()
    left.check()
    shared.again()


def test_keys_hit_after_it_reach_nobody(shared: Shared, canary: str) -> None:
    """D4: fingers go on after a panic; neither what is in the same packet nor what comes close behind is acted on."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.send(PANIC["legacy"] + b"s\r\rs\r")
    console.taken()
    console.send(b"\r\rssc")
    left.check()
    awake(console)
    text = console.screen_text()
    assert title("leaving") not in text
    assert title("gate") not in text
    assert title("county-title") not in text
    shared.again()


def test_what_is_no_panic_ends_nothing(shared: Shared, canary: str) -> None:
    """D6: typing, two Escs with letters between, F11 and F12 going up leave the sitting where it is."""
    console = shared.at_home()
    field(console, canary)
    live = console.live()
    for keys in (b"24~", b"\x1b[23~", b"\x1b[24;1:3~", "ě24~".encode(), ESC + b"a" + ESC + b"b"):
        console.send(keys)
        console.taken()
    console.type("still")
    console.wait_for("still")
    assert console.live() == live
    assert canary in console.screen_text()
