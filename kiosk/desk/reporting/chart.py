"""A chart of bars as inline SVG. A hidden number has a hatched box of one size, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from kiosk.desk.reporting.words import HIDDEN_MEANS

WIDTH: Final = 790
LABEL: Final = 215
"""Where bars begin."""
LONGEST: Final = 500
"""How long the bar of the greatest number is."""
STEP: Final = 34
"""From one bar to the next."""
BOX: Final = 60
"""The length of a hidden number's box: the same for each, so that it tells nothing."""

Bar = tuple[str, int | None]
"""What is counted, and how many; `None` is hidden."""


def bars(title: str, counted: Sequence[Bar]) -> Iterator[str]:
    """The chart, line by line. Nothing in it depends on a hidden number."""
    height = STEP * len(counted) + 8
    said = "; ".join(f"{head}: {'hidden' if number is None else number}" for head, number in counted)
    greatest = max((number for _, number in counted if number is not None), default=0)
    pattern = "hatch-" + "".join(letter for letter in title.lower() if letter.isalnum())
    yield f'<svg viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" font-size="15">'
    yield f"<title>{escape(title)}. {escape(said)}.</title>"
    yield f'<defs><pattern id="{pattern}" width="6" height="6" patternUnits="userSpaceOnUse">'
    yield '<rect width="6" height="6" fill="#fff"/><path d="M0 6L6 0" stroke="#000"/></pattern></defs>'
    for place, (head, number) in enumerate(counted):
        top = STEP * place + 4
        yield f'<text x="{LABEL - 10}" y="{top + 18}" text-anchor="end">{escape(head)}</text>'
        if number is None:
            yield f'<rect x="{LABEL}" y="{top}" width="{BOX}" height="26" fill="url(#{pattern})" stroke="#000"/>'
            yield f'<text x="{LABEL + BOX + 8}" y="{top + 18}" font-size="12">{escape(HIDDEN_MEANS)}</text>'
            continue
        length = round(LONGEST * number / greatest) if number else 0
        yield f'<rect x="{LABEL}" y="{top}" width="{length}" height="26" fill="#1b3a57"/>'
        yield f'<text x="{LABEL + length + 8}" y="{top + 18}">{number}</text>'
    yield f'<path d="M{LABEL} 0V{height}" stroke="#000"/>'
    yield "</svg>"
