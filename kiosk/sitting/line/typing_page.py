"""A page that waits for words of her own, line by line."""

from __future__ import annotations

from kiosk.sitting.pages.page import Doing, Page


class Typing(Page):
    """A page that waits for words of her own: digits are what they are, and few commands keep their meaning."""

    common: tuple[str, ...] = ("why", "changed", "back", "pause", "leave")
    limit: int
    """Letters that an answer may have."""
    masked: bool = False
    """Whether stars are shown instead of what is typed."""
    has_foot: bool = True
    """Whether the page ends with what Enter does and which words there are."""

    def take(self, text: str) -> Doing:
        """Take what was typed."""
        raise NotImplementedError
