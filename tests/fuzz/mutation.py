"""Inputs made from a seed: pieces of a corpus, cut, doubled, mixed, and with the target's own words in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 4096


def corpus(target: str) -> list[bytes]:
    """The inputs kept for a target, each once found or made for a reason."""
    return [path.read_bytes() for path in sorted((CORPUS / target).iterdir())]


def inputs(target: str, words: tuple[bytes, ...], seed: int, count: int) -> Iterator[bytes]:
    """The corpus, then `count` inputs; the same seed makes the same ones."""
    kept = corpus(target)
    yield from kept
    chance = random.Random(seed)
    for _ in range(count):
        made = bytearray(chance.choice(kept))
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
            _change(made, kept, words, chance)
        yield bytes(made[:LONGEST])


def _change(made: bytearray, kept: list[bytes], words: tuple[bytes, ...], chance: random.Random) -> None:
    at = chance.randint(0, len(made))
    until = min(len(made), at + chance.randint(1, 8))
    match chance.randrange(6):
        case 0:
            made[at:at] = chance.choice(words)
        case 1:
            made[at:until] = b""
        case 2:
            made[at:until] = chance.randbytes(until - at)
        case 3:
            made[at:at] = made[at:until]
        case 4:
            other = chance.choice(kept)
            made[at:] = other[chance.randint(0, len(other)) :]
        case _:
            made[at:at] = chance.randbytes(1)
