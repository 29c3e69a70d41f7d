"""A5b: keys that come in one packet act in the order typed, through the supervisor, on a page of the plan."""

from __future__ import annotations

import os
import random
import re
from functools import partial

import pytest

from tests.crosses import enough
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.editor import KEYS, LETTERS, Model
from tests.terminal.keyboard import encoded
from tests.terminal.way import PACK, SECTIONS, W, go, head, opened

SEED = int(os.environ.get("KIOSK_SEED", "20260729"))
PART = "what-i-know"
BATCHES = 5
CASES = 35
LOOK = 5
"""Cases after which the page is looked at: each goes on from what the one before left."""
OWN_ROWS = 2
"""Rows of a line of her own, so that one which holds only spaces is still a line."""
HELP = head(W("keys-help"))


def rows_of(console: Console, model: Model) -> tuple[list[str], list[bool]]:
    """Read fields and ticks off the screen."""
    lines = console.lines()
    ticks = [line.strip().startswith("[x]") for line in lines if line.strip()[:3] in ("[x]", "[ ]")]
    labels = [W.of(blank.label) for line in model.section.lines for blank in line.blanks.values()]
    gaps = [
        next(found[1].strip() for line in lines if (found := re.fullmatch(rf"\s*{re.escape(label)}(|  .*)", line)))
        for label in labels
    ]
    start = next(place for place, line in enumerate(lines) if line.strip() == W("plan-own"))
    first = next(place for place in range(start + 1, len(lines)) if lines[place].strip())
    own = [line.strip() for line in lines[first : first + 3 * OWN_ROWS : OWN_ROWS]]
    hint = W("plan-own-hint")
    return gaps + ["" if line == hint else line for line in own], ticks


def holds(console: Console, model: Model, wanted: tuple[list[str], list[bool]]) -> bool:
    try:
        return rows_of(console, model) == wanted
    except StopIteration:  # the page is not all there yet
        return False


def packet(chance: random.Random, model: Model) -> list[str]:
    """Draw a case, and have the model do it. Keys that would close the page are left out."""
    names = []
    for _ in range(chance.choice((2, 3, 3, 5, 8, 13))):
        name = chance.choice(KEYS)
        if not model.would_leave(name):
            model.press(name)
            names.append(name)
    return names


@pytest.mark.parametrize("batch", enough(range(BATCHES), 2))
def test_fields_hold_what_the_model_holds(start_kiosk: Start, batch: int) -> None:
    """A5b: each case is one packet, the last before a look ends in F1; once help is there, the page holds what the
    model editor holds.
    """
    console = start_kiosk(columns=100, rows=40)
    go(console, (*SECTIONS, opened(PART)))
    model = Model(next(each for each in PACK.sections if each.id == PART))
    chance = random.Random(SEED + batch)
    tried = []
    for case in range(1, CASES + 1):
        names = packet(chance, model)
        tried.append(names)
        last = ["f1"] if case % LOOK == 0 else []
        console.send(b"".join(encoded(name) for name in (*names, *last)))
        console.taken()
        if not last:
            continue
        console.wait_for(HELP)
        console.press("f1")
        console.wait_gone(HELP)
        wanted = [each.value.strip() for each in model.fields], model.ticks
        what = f"seed {SEED + batch}, up to case {case}: {tried[-LOOK:]}: {wanted}"
        console.wait(partial(holds, console, model, wanted), what)
    assert any(letter in each.value for each in model.fields for letter in LETTERS)
