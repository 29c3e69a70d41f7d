"""Leave now in every encoding, split at every byte, and after anything that is not yet whole (P2; A5, D2, D3, D6)."""

from __future__ import annotations

import pytest

from tests.terminal.keyboard import ESC, PANIC, PASTE_START
from tests.terminal.left import Left
from tests.terminal.shared import Shared, field


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
    console.wait_for(canary)
