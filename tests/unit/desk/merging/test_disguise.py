"""A list that hides its source: the bound holds for any list, and a classifier does no better than it (P10)."""

from __future__ import annotations

import random
from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging.disguise import BOUND, EXTERNAL, disguised

COLUMNS = ("key", "a", "b", "c")
Row = tuple[str, str, str, str]


def frame(inside: list[Row], outside: list[Row]) -> pl.DataFrame:
    rows = [(*row, False) for row in inside] + [(*row, True) for row in outside]
    return pl.DataFrame(rows, schema=[*dict.fromkeys(COLUMNS, pl.String).items(), (EXTERNAL, pl.Boolean)], orient="row")


def shown(rows: pl.DataFrame, *, external: bool) -> list[Row]:
    return rows.filter(pl.col(EXTERNAL) == external).select(COLUMNS).rows()


cells = st.tuples(*[st.sampled_from(["", "0", "1", "2"])] * 4)


@settings(max_examples=200)
@given(st.lists(cells, min_size=1, max_size=40), st.lists(cells, min_size=1, max_size=12))
def test_the_bound_holds_for_any_list(inside: list[Row], outside: list[Row]) -> None:
    """No shown row, and so no cell and no pair of cells, is more than `BOUND` times likelier on an external list."""
    made = disguised(frame(inside, outside), COLUMNS, COLUMNS[:1])
    mine, theirs = shown(made.rows, external=False), shown(made.rows, external=True)
    assert made.ratio <= BOUND
    for width in range(1, 5):
        ours, others = (Counter(row[:width] for row in rows) for rows in (mine, theirs))
        assert all(count * len(mine) <= BOUND * ours[look] * len(theirs) + 1e-9 for look, count in others.items())
    for row, before in zip(theirs, outside, strict=True):
        assert all(after in (cell, "") for after, cell in zip(row, before, strict=True))


def a_side(draw: random.Random, count: int, *, external: bool) -> list[Row]:
    """Rows that differ by side as real ones do: blanks and a column that one side knows better."""
    rows = []
    for _ in range(count):
        key = draw.choice("012")
        a = draw.choice(["", "", "1"]) if external else draw.choice(["0", "1", "1", "1", ""])
        b = draw.choice("01234") if external else draw.choice("0112")
        rows.append((key, a, b, draw.choice(["", "1"])))
    return rows


def test_a_classifier_does_no_better_than_the_bound() -> None:
    """The attack: whoever has seen a hundred such lists and calls the likeliest rows external gains `BOUND` at most."""
    draw = random.Random(5)
    learned: Counter[tuple[Row, bool]] = Counter()
    raw: Counter[tuple[Row, bool]] = Counter()
    for _ in range(100):
        rows = frame(a_side(draw, 300, external=False), a_side(draw, 30, external=True))
        made = disguised(rows, COLUMNS, COLUMNS[:1]).rows
        for external in (False, True):
            learned.update((row, external) for row in shown(made, external=external))
            raw.update((row, external) for row in shown(rows, external=external))

    def gain(counts: Counter[tuple[Row, bool]]) -> float:
        """How many times the odds of being external rise for the tenth of external rows that stand out most."""
        looks = {look for look, _ in counts}
        order = sorted(looks, key=lambda look: -counts[look, True] / (counts[look, False] + 1))
        hits = misses = 0
        for look in order:
            hits, misses = hits + counts[look, True], misses + counts[look, False]
            if hits * 10 >= 3000:
                break
        return hits * 30_000 / max(1, misses * 3_000)

    assert gain(raw) > 2 * BOUND
    assert gain(learned) <= BOUND


def test_nothing_is_hidden_where_one_side_is_alone() -> None:
    """A list of HMIS alone shows all it has."""
    made = disguised(frame([("1", "0", "1", "")] * 3, []), COLUMNS, COLUMNS[:1])
    assert not made.hidden and shown(made.rows, external=False) == [("1", "0", "1", "")] * 3
