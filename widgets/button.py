"""A button of one line. How it looks stands in `kiosk.tcss`."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button as _Button


class Button(_Button, inherit_css=False):
    """Textual's button without its five hundred lines of borders and colours.

    Nothing of them is seen on a button of one line, and reading them took a fortieth of the time to the first page.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "press", show=False),
        Binding("space", "press_by_space", show=False),
    ]
    DEFAULT_CSS = """
    Button { width: auto; line-pad: 1; }
    Button.-active { tint: $background 30%; }
    Button:ansi.-active { tint: transparent; }
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Leave Space to a page on which it means something wherever the focus is."""
        return action != "press_by_space" or not getattr(self.screen, "takes_space", False)

    def action_press_by_space(self) -> None:
        """Press it, as on any platform."""
        self.action_press()
