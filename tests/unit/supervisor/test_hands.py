"""Panic for hands that shake, by a model of them (`tests/fuzz/hands.py`); `bench/hands.py` counts many more."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.hands import ENCODINGS, PACKETS, fires, meant, near, ordinary, shaking

STREAMS = 600


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_hands_that_shake_are_never_missed(encoding: str) -> None:
    """P2: whatever else is hit with it, Esc three times in the window is panic, in packets of any link."""
    chance = random.Random(20261201)
    mashed = [(strokes, chance.choice(PACKETS)) for strokes in (shaking(chance) for _ in range(STREAMS))]
    wanted = [each for each in mashed if meant(each[0])]
    assert len(wanted) > STREAMS // 2
    assert [each for each in wanted if not fires(each[0], encoding, each[1])] == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_typing_is_no_panic(encoding: str) -> None:
    """Letters, arrows, clicks, pastes, replies and an Esc now and then end no sitting."""
    chance = random.Random(20261201)
    typed = [strokes for strokes in (ordinary(chance, alt=0.0) for _ in range(STREAMS)) if not near(strokes)]
    assert len(typed) > STREAMS // 2
    assert [each for each in typed if fires(each, encoding, chance.choice(PACKETS))] == []
