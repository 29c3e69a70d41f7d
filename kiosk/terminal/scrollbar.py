"""A scrollbar of whole cells: console fonts have no half or eighth blocks."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class PlainScrollBar(ScrollBarRender):
    """Draws the thumb as reversed blanks and nothing finer."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


def use_plain_scrollbars() -> None:
    """Draw every scrollbar of this process so."""
    ScrollBar.renderer = PlainScrollBar
