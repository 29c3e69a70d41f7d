"""Makes paper.json: seeds and the nine lines of words that stand for each, written from docs/provider.md alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).parent
WORDS = (HERE.parents[1] / "kiosk" / "desk" / "keys" / "words.txt").read_text("ascii").split()
SEEDS = (bytes(32), bytes(range(32)), b"\xff" * 32, hashlib.sha256(b"made up").digest())


def lines(seed: bytes) -> list[str]:
    """The seed's 256 bits and 14 of the digest, in 27 values of 10 bits; three and a check word to a line."""
    bits = "".join(f"{byte:08b}" for byte in seed)
    bits += "".join(f"{byte:08b}" for byte in hashlib.sha256(b"kiosk paper key" + seed).digest())[:14]
    values = [int(bits[at : at + 10], 2) for at in range(0, 270, 10)]
    made = []
    for line in range(1, 10):
        one, two, three = values[3 * line - 3 : 3 * line]
        check = (one + 2 * two + 3 * three + 7 * line) % 1031
        made.append(" ".join(WORDS[each] for each in (one, two, three, check)))
    return made


if __name__ == "__main__":
    table = [{"seed": seed.hex(), "lines": lines(seed)} for seed in SEEDS]
    (HERE / "paper.json").write_text(json.dumps(table, indent=1) + "\n")
