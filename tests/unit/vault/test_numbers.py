from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.vault.numbers import (
    CLASSES,
    NoNumberLeft,
    damm,
    draw,
    draw_practice,
    dull,
    number_class,
    parse,
    retired_tag,
    show,
    valid,
)

KEY = bytes(range(32))
PAYLOADS = range(1_000_000, 10_000_000)


def whole(payload: int) -> int:
    return payload * 10 + damm(str(payload))


def test_every_payload_has_one_check_digit() -> None:
    """P5: over all nine million payloads, exactly one of ten last digits is the right one.

    The check digit is a state machine over a Latin square: it holds for all payloads if it holds for all states
    and digits, and every state is reached.
    """
    reached = {0}
    for _ in range(7):
        reached |= {damm_step(state, digit) for state in reached for digit in range(10)}
    assert reached == set(range(10))
    for state in range(10):
        assert sorted(damm_step(state, digit) for digit in range(10)) == list(range(10))
        assert damm_step(state, state) == 0


def damm_step(state: int, digit: int) -> int:
    """One step of the check, by way of the public function."""
    to_state = {damm(digits): digits for digits in ("", *map(str, range(100)))}
    return damm(to_state[state] + str(digit))


def test_every_wrong_digit_and_swap_is_seen_in_every_state() -> None:
    """P5: exhaustively, from every state: no wrong digit and no swap of two neighbours goes unseen.

    After the fault the states differ, and no later right digit makes two different states the same; so this covers
    every place of every number.
    """
    step = [[damm_step(state, digit) for digit in range(10)] for state in range(10)]
    for state in range(10):
        for digit in range(10):
            for wrong in range(10):
                if wrong != digit:
                    assert step[state][wrong] != step[state][digit]
                    assert step[step[state][digit]][wrong] != step[step[state][wrong]][digit]
    for digit in range(10):
        assert len({step[state][digit] for state in range(10)}) == 10


@given(st.sampled_from(PAYLOADS), st.data())
def test_a_mistyped_number_is_no_number(payload: int, data: st.DataObject) -> None:
    """P5: on whole numbers: every single wrong digit and every swap of neighbours is refused."""
    digits = str(whole(payload))
    for at in range(8):
        for wrong in set("0123456789") - {digits[at]}:
            assert not valid(int(digits[:at] + wrong + digits[at + 1 :]))
    for at in range(7):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        assert swapped == digits or not valid(int(swapped))


def test_the_known_example() -> None:
    """The check digit is Damm's own: 572 has 4 (Damm 2004)."""
    assert damm("572") == 4 and damm("5724") == 0


@pytest.mark.parametrize("start", ["911", "988", "211", "999"])
def test_no_number_begins_like_an_emergency_line(start: str) -> None:
    """A number is never taken for a line to call."""
    number = whole(int(start + "1234"))
    assert dull(str(number)) and not valid(number)


def test_four_equal_digits_in_a_row_are_avoided() -> None:
    """Four equal digits are hard to say, wherever they stand, the check digit included."""
    fours = [whole(payload) for payload in range(1_000_000, 1_200_000) if re.search(r"(\d)\1{3}", str(whole(payload)))]
    assert len(fours) > 100 and not any(valid(number) for number in fours)


def test_drawn_numbers_keep_the_rules() -> None:
    """P5: every drawn number is valid, of its station's classes, and free."""
    classes = range(64, 128)
    taken = {draw(classes, KEY, lambda _: False) for _ in range(200)}
    for _ in range(300):
        number = draw(classes, KEY, taken.__contains__)
        assert valid(number) and number not in taken and number_class(number, KEY) in classes


def test_first_digits_are_as_good_as_random() -> None:
    """P5: numbers are drawn from the whole range, none of its ninths left out."""
    first = Counter(str(draw(range(CLASSES), KEY, lambda _: False))[0] for _ in range(3000))
    assert set(first) == set("123456789") and min(first.values()) > 150


def test_stations_draw_apart() -> None:
    """Two stations' classes share no number, without asking each other."""
    stations = [{draw(range(at, at + 64), KEY, lambda _: False) for _ in range(200)} for at in (0, 64)]
    assert not stations[0] & stations[1]


def test_classes_are_even_and_depend_on_the_key() -> None:
    """Numbers spread over the classes, and another region's key spreads them otherwise."""
    numbers = [whole(payload) for payload in range(1_000_000, 1_040_960)]
    spread = Counter(number_class(number, KEY) for number in numbers)
    assert len(spread) > 4000 and max(spread.values()) < 40
    assert sum(number_class(number, KEY) == number_class(number, bytes(32)) for number in numbers) < 60


def test_no_number_left_is_said() -> None:
    """A station without a free number says so, and ends."""
    with pytest.raises(NoNumberLeft):
        draw(frozenset(), KEY, lambda _: False)


def test_a_practice_number_can_never_be_real() -> None:
    """A made-up number is shown with a leading 0, has a check digit, and no kiosk takes it for a real one."""
    for _ in range(200):
        number = draw_practice()
        assert show(number)[0] == "0" and damm(f"{number:08d}") == 0 and not valid(number)


@given(st.sampled_from(PAYLOADS))
def test_what_is_shown_is_read_back(payload: int) -> None:
    """A number is shown 3-3-2 and read back with spaces, dots, hyphens or none."""
    number = whole(payload)
    shown = show(number)
    assert re.fullmatch(r"\d{3} \d{3} \d{2}", shown)
    expected = number if valid(number) else None
    for typed in (shown, shown.replace(" ", ""), shown.replace(" ", "-"), f" {shown.replace(' ', '.')} "):
        assert parse(typed) == expected


@given(st.text())
def test_other_text_is_no_number(typed: str) -> None:
    """Whatever was typed, it is a valid number or `None`."""
    number = parse(typed)
    assert number is None or valid(number)


def test_digits_of_other_scripts_are_no_number() -> None:
    """Only ASCII digits are digits here."""
    number = draw(range(CLASSES), KEY, lambda _: False)
    assert parse("".join(chr(0x0660 + int(each)) for each in str(number))) is None


def test_a_retired_tag_needs_the_key() -> None:
    """What is kept of a removed number is 32 bytes under the region's key, another for every number and key."""
    tags = {retired_tag(number, key) for number in (12_345_674, 12_345_675) for key in (KEY, bytes(32))}
    assert len(tags) == 4 and all(len(tag) == 32 for tag in tags)
