"""A5b: keys that arrive in one packet act in the order typed, against a model of two fields and an area."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from tests.crosses import enough
from tests.terminal.driver.conftest import Terminal
from tests.terminal.driver.model import KEYS, Model

SEED = int(os.environ.get("KIOSK_SEED", "20260729"))
BATCHES = 8
CASES = 250
"""2,000 cases in all; 1,000 of them always. `KIOSK_SEED` draws others."""
RESTART = b"\x12"


@pytest.mark.parametrize("batch", enough(range(BATCHES), 4))
def test_fields_hold_what_the_model_holds(start: Callable[..., Terminal], batch: int) -> None:
    """A5b: every case is one write of up to eight keys; afterwards fields, cursor and focus are as in the model."""
    chance = random.Random(SEED + batch)
    terminal = start()
    model = Model()
    for case in range(CASES):
        names = [chance.choice(list(KEYS)) for _ in range(chance.choice((2, 3, 3, 5, 8)))]
        packet = b"".join(KEYS[name] for name in names)
        terminal.send(packet + b"\x14")
        for name in names:
            model.press(name)
        told = terminal.told()
        held = {key: told[key] for key in ("first", "second", "area", "focus")}
        assert held == model.held(), f"seed {SEED + batch}, case {case}: {names}"
        if len(model.text()) > 60:
            terminal.send(RESTART)
            model = Model()


def test_the_known_ones(start: Callable[..., Terminal]) -> None:
    """A5b: the two cases that stock Textual gets wrong each time (leaks 0.1b)."""
    terminal = start()
    terminal.send(b"abc\tdef")
    told = terminal.tell()
    assert (told["first"], told["second"]) == ("abc", "def")
    terminal.send(b"\x1b[Z\x08\x08\x08\x7f\x7f\x7fabc\x7fXYZ")
    assert terminal.tell()["first"].endswith("abXYZ")


def test_enter_then_letters(start: Callable[..., Terminal]) -> None:
    """Enter moves on by message, and what follows goes to where it moved."""
    terminal = start()
    terminal.send(b"one\rtwo")
    told = terminal.tell()
    assert (told["first"], told["second"]) == ("one", "two")


def test_a_dialog_takes_what_follows(start: Callable[..., Terminal]) -> None:
    """A page that opens on a key gets the letters after it; when Enter closes it, the page below gets the rest."""
    terminal = start()
    terminal.send(b"ab\x0fcd\x14ef\r\tgh")
    assert terminal.told()["dialog"] == "cd"
    told = terminal.tell()
    assert (told["first"], told["second"], told["dialog"]) == ("ab", "gh", "")


def test_a_priority_key_does_not_overtake_letters(start: Callable[..., Terminal]) -> None:
    """A key that the app handles first still comes after the letters before it."""
    terminal = start()
    terminal.send(b"abc\x14def\x14")
    assert terminal.told()["first"] == "abc"
    assert terminal.told()["first"] == "abcdef"


def test_a_slow_action_holds_nothing_up_for_ever(start: Callable[..., Terminal]) -> None:
    """While an action waits, later keys wait with it, and then all come in order."""
    terminal = start()
    terminal.send(b"a\x0cb\x0cc\td")
    told = terminal.tell()
    assert (told["first"], told["second"]) == ("abc", "d")


def test_click_then_letters(start: Callable[..., Terminal]) -> None:
    """A click is a key like others: what is typed after it goes where it went."""
    terminal = start()
    terminal.send(b"ab\x1b[<0;5;6M\x1b[<0;5;6mcd")
    told = terminal.tell()
    assert (told["first"], told["second"]) == ("ab", "cd")
