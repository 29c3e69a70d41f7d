"""Whatever comes in, from terminal or environment: the visit goes on or ends as panic does, and the next is served."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Iterator

import pytest

from kiosk.terminal.tokenizer import PASTE_WAIT
from tests.crosses import enough
from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.keyboard import PASTE_END, PASTE_START
from tests.terminal.noise import HALF, HOSTILE, INVALID_UTF8, stream
from tests.terminal.way import START, WAY_IN, W, awake, go, leave, opened, routes, served, title

SEED = int(os.environ.get("KIOSK_SEED", "20260729"))
STREAMS = 300
PAGES = ("county list", "section", "first question", "leaving", "sections", "review")
PER_PAGE = 25
"""Streams in a row at one page, before leaving and looking whether the next visitor is served."""


@pytest.fixture(scope="module")
def one_kiosk(start_for_all: Start) -> Iterator[Console]:
    """One kiosk that has to take everything; Ctrl+Q is off, because noise holds it."""
    console = start_for_all(quit=False)
    before = console.files()
    yield console
    leave(console)
    served(console)
    assert console.files() == before
    assert console.kept() == []


@pytest.fixture
def console(one_kiosk: Console) -> Console:
    """The same with its home page on the glass and answering."""
    leave(one_kiosk)
    return one_kiosk


def afterwards(console: Console) -> None:
    """The kiosk lives, has a sitting, and the next visitor is served."""
    assert console.process.poll() is None
    leave(console)


@pytest.mark.parametrize("first", enough(range(0, STREAMS, PER_PAGE), len(PAGES)))
def test_noise(console: Console, canary: str, first: int) -> None:
    """A1, A2: 300 seeded streams of noise and of hostile pieces, half always, at pages with and without fields."""
    go(console, routes(canary)[PAGES[first // PER_PAGE % len(PAGES)]])
    for seed in range(SEED + first, SEED + first + PER_PAGE):
        console.send(stream(seed))
        console.taken()
        assert console.process.poll() is None, f"seed {seed}"
    afterwards(console)


def test_what_is_no_utf_8(console: Console) -> None:
    """A3, A4: bytes that are no letter change no letter beside them, and end nothing."""
    go(console, ((b"c", title("county-title")),))
    live = console.live()
    for mark, (kind, data) in enumerate(INVALID_UTF8.items(), 10):
        before, after = f"a{mark}b", f"y{mark}z"
        console.send(b"\x15" + before.encode() + data + b" " + after.encode())
        console.wait(lambda: before in console.screen_text() and after in console.screen_text(), kind)  # noqa: B023
        assert console.live() == live, kind
    afterwards(console)


def type_until_shown(console: Console, canary: str) -> None:
    """Empty the field and type into it, until it shows that; between two tries an open paste can close by itself."""
    shown = lambda: canary in console.screen_text()  # noqa: E731
    console.insist(lambda: console.send(b"\x15 " + canary.encode()), shown, "letters in a field", 2 * PASTE_WAIT)


@pytest.mark.parametrize("kind", HALF)
def test_half_a_sequence(console: Console, canary: str, kind: str) -> None:
    """A5, B6: what is not finished, or is no key, is forgotten soon: then letters are letters again.

    Esc alone is a key once nothing follows it: it closes the list, and the next one takes letters.
    """
    go(console, ((b"c", title("county-title")),))
    live = console.live()
    console.send(HALF[kind])
    console.taken()
    if kind == "Esc":
        console.wait_gone(title("county-title"))
        go(console, ((b"c", title("county-title")),))
    type_until_shown(console, canary)
    assert console.live() == live
    leave(console)


_KINDS = [kind.encode() for kind in HOSTILE.values()]
FIELDS = 8
"""Fields of a part of the plan, one for each text."""


@pytest.mark.parametrize("first", range(0, len(_KINDS), FIELDS))
def test_hostile_text_in_every_field(console: Console, first: int) -> None:
    """H1, H3, A8: markup and control characters, typed and pasted, are letters in every kind of field, and no more."""
    texts = [_typed_and_pasted(each) for each in _KINDS[first : first + FIELDS]]
    go(console, ((b"c", title("county-title")),))
    live = console.live()
    for text in texts:
        console.send(b"\x15" + text)
    console.send(b"\x1bOS")
    console.wait_for(START)
    go(console, routes("")["sections"])
    go(console, (opened("phone-and-word"),))
    console.send(b"".join(b"\t" + text for text in texts))
    go(
        console,
        (
            (b"\x1bOS", title("plan-title")),
            (b"\r", title("take-title")),
            (b"\x1b[18~", ""),
            (b"2\r", title("memorise-title")),
        ),
    )
    assert console.live() == live
    afterwards(console)


def _typed_and_pasted(text: bytes) -> bytes:
    """Return the keys that type a text, as far as keys can, and paste it behind that."""
    both = text.replace(b"\x1b", b"") + PASTE_START + text + PASTE_END
    return bytes(byte for byte in both if byte >= 0x20 or byte == 0x1B)


@pytest.mark.parametrize(
    "paste", [b"x" * 10_000_000, b"line\n" * 200_000, b"\xff\xfe" * 100_000], ids=["one line", "lines", "no text"]
)
def test_a_paste_of_megabytes(console: Console, canary: str, paste: bytes) -> None:
    """A6: a paste that no field has room for is cut; the kiosk goes on, and its memory does not grow with it."""
    go(console, ((b"c", title("county-title")),))
    live, before = console.live(), proc.memory(console.live())
    console.send(PASTE_START + paste + PASTE_END)
    console.taken()
    type_until_shown(console, canary)
    assert console.live() == live
    assert proc.memory(live) - before < 20_000_000
    afterwards(console)


def test_a_paste_whose_end_is_lost(console: Console, canary: str) -> None:
    """A6, A7: a sitting that cannot keep up loses the end of a paste: it closes by itself, and letters are letters.

    What waits for a sitting that does not read has fixed room, so on a slow machine any large paste ends like this.
    """
    go(console, ((b"c", title("county-title")),))
    live = console.live()
    os.kill(live, signal.SIGSTOP)
    console.send(PASTE_START + b"x" * 10_000_000 + PASTE_END)
    console.taken()
    os.kill(live, signal.SIGCONT)
    type_until_shown(console, canary)
    assert console.live() == live
    afterwards(console)


def test_a_paste_that_is_never_closed(console: Console, canary: str) -> None:
    """A7: an unclosed paste closes by itself, and a nested one is text."""
    go(console, ((b"c", title("county-title")), (PASTE_START + canary.encode(), canary)))
    console.send(b"\x15" + PASTE_START + b"one" + PASTE_START + b"two" + PASTE_END)
    console.wait(lambda: "one" in console.screen_text() and "two" in console.screen_text(), "both halves")
    afterwards(console)


def test_a_storm_of_sizes(console: Console, canary: str) -> None:
    """B1: 500 sizes a second for three seconds, with somebody typing: her words are there, at the last size."""
    go(console, ((b"c", title("county-title")), (canary[:5].encode(), canary[:5])))
    live = console.live()
    chance = random.Random(SEED)
    end = time.monotonic() + 3
    rest = iter(canary[5:])
    for count in itertools.count():
        console.set_size(chance.randint(1, 400), chance.randint(1, 120))
        if count % 100 == 99:
            console.type(next(rest, ""))
        time.sleep(0.002)
        if time.monotonic() > end:
            break
    console.type("".join(rest))
    console.resize(80, 24)
    console.wait_for(canary)
    assert console.live() == live
    afterwards(console)


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (400, 120), (20, 5), (65535, 65535), (0, 0)])
def test_sizes(console: Console, size: tuple[int, int]) -> None:
    """B2: a terminal of any size is served, left in panic, and served at a common size again."""
    console.resize(*size)
    console.send(WAY_IN + b"\r1\r\r")
    console.taken()
    console.press("f12")
    console.taken()
    console.resize(80, 24)
    awake(console)
    go(console, ((WAY_IN, title("leaving")),))
    afterwards(console)


def test_the_mouse_everywhere(console: Console) -> None:
    """A10: clicks, wheels and motion all over a page, and where no page is, end nothing."""
    go(console, ((WAY_IN, title("leaving")), (b"\r", title("gate"))))
    live = console.live()
    storm = b"".join(
        b"\x1b[<%d;%d;%dM" % (button, column, row)
        for button in (35, 64, 65, 32, 2)
        for column in range(1, 90, 7)
        for row in range(2, 30, 3)
    )
    console.send(storm * 5)
    go(console, ((b"\x1bOR", W("language-title")), (b"\x1b", "")))
    assert console.live() == live
    afterwards(console)
