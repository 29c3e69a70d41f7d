"""A row of small things that goes on in the next line where the terminal is narrow."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

GAP = 2
"""Columns between two neighbours."""


class WrapLayout(Layout):
    """Sets children from left to right, one line high, and goes on below when a line is full."""

    name = "wrap"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place every child. A child wider than a whole line is cut at its end."""
        parent.pre_layout(self)
        placements: list[WidgetPlacement] = []
        x = y = 0
        for child in children:
            content = child.get_content_width(size, parent.app.viewport_size)
            width = min(content + child.styles.gutter.width, max(1, size.width))
            if x and x + width > size.width:
                x, y = 0, y + 1
            placements.append(WidgetPlacement(Region(x, y, width, 1), NULL_OFFSET, Spacing(), child))
            x += width + GAP
        return placements


class WrapRow(Widget):
    """A row that wraps. It is as high as it has to be."""

    DEFAULT_CSS = "WrapRow { height: auto; }"
    _wrap = WrapLayout()

    @property
    def layout(self) -> Layout:
        """Wrap, whatever the stylesheet says."""
        return self._wrap
