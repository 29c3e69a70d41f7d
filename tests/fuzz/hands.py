"""A model of hands at a keyboard: one that shakes over the Esc key, and one that types, pastes, clicks and uses Alt.

Made up, not measured on people: a hit comes 0.14 s after the one before (median, lognormal), is wide enough to take
the neighbours of Esc with it or to miss Esc, and what goes down together reaches the terminal in any order.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from kiosk.supervisor.panic_key import ESCAPE_WINDOW, Recogniser

ENCODINGS = ("xterm", "Linux console", "kitty")
PACKETS = (0.0, 0.008, 0.05)
"""Seconds in which a link gathers what is typed into one packet: none, a keyboard's own, a slow link."""

LETTERS = "etaoinshrdlu cmfwypvbgkjqxz éñąж你"
WORD = {"Enter": "\r", "Tab": "\t", "Backspace": "\x7f"}
NEIGHBOURS = ("`", "1", "2", "q", "Tab", "F1", "F2")
PLAIN = {
    **{"Up": b"\x1b[A", "Down": b"\x1b[B", "Left": b"\x1b[D", "F3": b"\x1bOR", "F4": b"\x1bOS", "F9": b"\x1b[20~"},
    **{"click": b"\x1b[<0;12;9M\x1b[<0;12;9m", "motion": b"\x1b[<35;12;9M" * 5, "focus": b"\x1b[O\x1b[I"},
    **{"reply": b"\x1b]11;rgb:0000/0000/0000\x1b\\", "paste": b"\x1b[200~some [words] O~ and a\nline\x1b[201~"},
}
OTHERS = (*PLAIN, *WORD)


@dataclass(frozen=True)
class Stroke:
    """A key that went down at a time, in seconds."""

    at: float
    key: str


def sent(key: str, encoding: str) -> bytes:
    """What a terminal sends for a key; of what is no key, the same everywhere."""
    kitty, console = encoding == "kitty", encoding == "Linux console"
    if key == "Esc":
        return b"\x1b[27u" if kitty else b"\x1b"
    if key in ("F1", "F2"):
        place = int(key[1])
        return (b"\x1b[[%c" % (64 + place)) if console else (b"\x1bO%c" % (79 + place))
    if key.startswith("Alt+"):
        return b"\x1b[%d;3u" % ord(key[4:]) if kitty else b"\x1b" + key[4:].encode()
    return PLAIN.get(key) or WORD.get(key, key).encode()


def shaking(chance: random.Random) -> list[Stroke]:
    """Hits at the corner with the Esc key: three to twelve, not every one of which meets it."""
    now, strokes = 100.0, []
    for _ in range(chance.randint(3, 12)):
        keys = [key for key in NEIGHBOURS if chance.random() < 0.2] + ["Esc"] * (chance.random() < 0.7)
        strokes += [Stroke(now + chance.uniform(0, 0.025), key) for key in keys]
        now += 0.14 * chance.lognormvariate(0, 0.5)
    return sorted(strokes, key=lambda stroke: stroke.at)


def ordinary(chance: random.Random, *, alt: float) -> list[Stroke]:
    """Sixty keys of somebody who fills a page in: `alt` of them are held with Alt, now and then one is a single Esc."""
    now, strokes = 100.0, []
    for _ in range(60):
        dice = chance.random()
        key = chance.choice(LETTERS)
        if dice < alt:
            key = f"Alt+{chance.choice('bfdx')}"
        elif dice < alt + 0.02:
            key = "Esc"
        elif dice < alt + 0.2:
            key = chance.choice(OTHERS)
        strokes.append(Stroke(now, key))
        now += 0.18 * chance.lognormvariate(0, 0.6)
    return strokes


def meant(strokes: list[Stroke]) -> bool:
    """Whether Esc went down three times within the window."""
    times = [stroke.at for stroke in strokes if stroke.key == "Esc"]
    return any(third - first <= ESCAPE_WINDOW - max(PACKETS) for first, third in zip(times, times[2:], strict=False))


def near(strokes: list[Stroke]) -> bool:
    """The same, but for what packets may shift: neither a miss nor a false alarm lies in it."""
    times = [stroke.at for stroke in strokes if stroke.key == "Esc"]
    return any(third - first <= ESCAPE_WINDOW + max(PACKETS) for first, third in zip(times, times[2:], strict=False))


def fires(strokes: list[Stroke], encoding: str, packet: float) -> bool:
    """Whether the recogniser takes it for panic; what comes within `packet` seconds is read as one."""
    reads: list[tuple[float, bytes]] = []
    begun = float("-inf")
    for stroke in strokes:
        typed = sent(stroke.key, encoding)
        if stroke.at - begun < packet:
            reads[-1] = (begun + packet, reads[-1][1] + typed)
        else:
            begun = stroke.at
            reads.append((begun + packet, typed))
    recogniser = Recogniser()
    return any(recogniser.feed(bytearray(typed), len(typed), at) for at, typed in reads)
