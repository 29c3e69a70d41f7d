"""Panic for hands that shake: how often three Esc are missed, and how often typing is taken for them.

    python bench/hands.py --trials 100000

Streams of keys from the model in `tests/fuzz/hands.py`, a third of them in each encoding, in packets as links make
them; the seed is fixed. "Missed": Esc went down three times in 1.5 s and nothing happened. "False alarm": it did not,
and the sitting would have ended.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from measure import host, options, table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.fuzz.hands import ENCODINGS, PACKETS, Stroke, fires, meant, near, ordinary, shaking  # noqa: E402

HANDS: dict[str, Callable[[random.Random], list[Stroke]]] = {
    "shaking, at Esc and its neighbours": shaking,
    "typing, pasting, clicking, one Esc now and then": lambda chance: ordinary(chance, alt=0.0),
    "the same, one key of a hundred with Alt": lambda chance: ordinary(chance, alt=0.01),
    "the same, one key of ten with Alt": lambda chance: ordinary(chance, alt=0.1),
}


def main() -> int:
    """Print the table."""
    trials = options(__doc__, trials=100_000).parse_args().trials
    print(host())
    rows = []
    for what, hands in HANDS.items():
        for encoding in ENCODINGS:
            chance = random.Random(20260729)
            wanted = missed = alarms = 0
            for _ in range(trials // len(ENCODINGS)):
                strokes = hands(chance)
                fired = fires(strokes, encoding, chance.choice(PACKETS))
                wanted += meant(strokes)
                missed += meant(strokes) and not fired
                alarms += fired and not near(strokes)
            tried = max(trials // len(ENCODINGS), 1)
            each = [f"{count * 100_000 / tried:.0f}" for count in (missed, alarms)]
            rows.append([what, encoding, f"{tried:,}", f"{wanted:,}", *each])
    head = ["hands", "terminal", "streams", "with Esc three times", "missed per 100,000", "false alarms per 100,000"]
    table("Panic by Esc, from a model of hands", head, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
