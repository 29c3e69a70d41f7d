"""One hour of a visitor's random use, replayed faster: the memory of every process has to stay flat.

    python bench/memory.py --keys 3600 --seed 7

Somebody who hits a key a second for an hour hits 3,600. They are sent without the pauses, in one sitting that is never
left, and memory is looked at ten times on the way. Ends with 1 when a process grew in the second half.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from resident import of_kiosk, table  # noqa: E402  # the tests are no package of the product

from tests.faults import station  # noqa: E402
from tests.faults.visitor import HOME, Visitor  # noqa: E402
from tests.terminal.keyboard import LEGACY, PASTE_END, PASTE_START  # noqa: E402

LOOKS = 10
GROWTH = 1.05
"""Memory at the end over memory at half time that still counts as flat."""
MEANT = {"enter": 20, "tab": 12, "down": 12, "up": 6, "f4": 8, "f1": 3, "f2": 2, "f3": 2, "f6": 1, "f9": 2, "space": 6}
"""Keys that mean something, and how often one is drawn; the rest are letters, digits and pastes."""
LETTERS = 30
PASTES = 1


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keys", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    return parser.parse_args()


def key(dice: random.Random) -> bytes:
    """One key or paste of a visitor who does whatever comes to mind."""
    kinds = [*MEANT, "letter", "paste"]
    drawn = dice.choices(kinds, [*MEANT.values(), LETTERS, PASTES])[0]
    if drawn == "paste":
        return PASTE_START + bytes(dice.choices(b"abcdefgh ijkl", k=dice.randrange(1, 400))) + PASTE_END
    return bytes(dice.choices(b"aeinorst12345", k=1)) if drawn == "letter" else LEGACY[drawn]


def ends_here(page: str) -> bool:
    """Whether Enter would end the sitting: the hour is spent in one."""
    return any(f"(x) {count} {words}" in page for count in range(10) for words in _ways()) or _closing() in page


def _ways() -> list[str]:
    """The labels of the ways that leave."""
    from tests.kit import pack

    return [way.label["en"] for each in pack().crossroads for way in each.ways if way.goes == "leave"]


def _closing() -> str:
    from tests.kit import pack

    return next(page.title["en"] for page in pack().pages if page.id == "closing")


def main() -> int:
    """Replay, and print what each process held."""
    told = options()
    dice = random.Random(told.seed)
    print(f"seed {told.seed}, {told.keys} keys", flush=True)
    os.environ.setdefault("TERM", "xterm-256color")
    with tempfile.TemporaryDirectory(prefix="kiosk-memory-") as name:
        home = station.set_up(Path(name))
        with Visitor(home) as visitor:
            visitor.wait_for(HOME)
            sitting, sittings = visitor.live(), 1
            memory = [of_kiosk(visitor)]
            for count in range(1, told.keys + 1):
                hit = key(dice)
                if hit == LEGACY["enter"] and ends_here(visitor.screen_text()):
                    hit = LEGACY["f4"]
                visitor.send(hit)
                visitor.wait_a_moment(0.01)
                if count % max(1, told.keys // LOOKS) == 0:
                    visitor.wait_a_moment(1)
                    memory.append(of_kiosk(visitor))
                    if visitor.live() != sitting:
                        sitting, sittings = visitor.live(), sittings + 1
    return report(memory, sittings)


def report(memory: list[dict[str, float]], sittings: int) -> int:
    """Print the table. Returns 1 when a process grew in the second half."""
    head = ["resident, MiB", "at the start", "half way", "at the end", "end / half way"]
    half, last = memory[len(memory) // 2], memory[-1]
    rows = [
        [kind, f"{memory[0][kind]:.1f}", f"{half[kind]:.1f}", f"{last[kind]:.1f}", f"{last[kind] / half[kind]:.3f}"]
        for kind in half
    ]
    print(table([head, *rows]))
    print(f"\nsittings in which the keys were hit: {sittings}")
    return int(any(last[kind] > half[kind] * GROWTH for kind in half))


if __name__ == "__main__":
    sys.exit(main())
