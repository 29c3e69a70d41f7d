"""A column whose paragraphs stand apart where there is room, and close up before anything has to be scrolled."""

from __future__ import annotations

from typing import Final

from textual.geometry import Offset, Size, Spacing
from textual.layout import ArrangeResult, WidgetPlacement
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget

CLOSES_UP: Final = "paragraph"
"""The class of what may stand close to its like."""


class FittingLayout(VerticalLayout):
    """Sets children below each other. What is too long for its place loses the lines between its paragraphs."""

    name = "fitting"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place every child."""
        placed = super().arrange(parent, children, size, greedy)
        if not placed:
            return placed
        placed[-1] = placed[-1]._replace(margin=Spacing())  # an empty line at the end is nothing to scroll to
        if placed[-1].region.bottom <= size.height:
            return placed
        closer: list[WidgetPlacement] = []
        up = 0
        for index, each in enumerate(placed):
            before = placed[index - 1] if index else None
            if before and before.widget.has_class(CLOSES_UP) and each.widget.has_class(CLOSES_UP):
                up += each.region.y - before.region.bottom
            closer.append(each._replace(region=each.region.translate(Offset(0, -up))))
        return closer
