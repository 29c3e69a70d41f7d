"""What Textual offers and a kiosk does not: palette, clipboard, screenshots, links, a browser, a way to a shell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget

from kiosk.terminal import upstream
from kiosk.terminal.driver import KioskDriver


class ClosedApp(App[None], inherit_bindings=False):
    """An app with every door of Textual's closed (leaks 1b to 1d)."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    COMMANDS: ClassVar[set[Any]] = set()

    def get_driver_class(self) -> type[Driver]:
        """Ours, whatever the environment says."""
        return KioskDriver

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None."""
        return ()

    def copy_to_clipboard(self, text: str) -> None:
        """Do nothing: a clipboard outlives the visit (leaks 1c)."""

    @property
    def clipboard(self) -> str:
        """Always empty."""
        return ""

    def save_screenshot(self, *_args: object, **_named: object) -> str:
        """Save nothing."""
        return ""

    def deliver_screenshot(self, *_args: object, **_named: object) -> None:
        """Save nothing."""

    def deliver_text(self, *_args: object, **_named: object) -> None:
        """Save nothing."""

    def deliver_binary(self, *_args: object, **_named: object) -> None:
        """Save nothing."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing."""

    def action_suspend_process(self) -> None:
        """Do nothing: a stopped process leaves a shell."""

    def action_screenshot(self, *_args: object, **_named: object) -> None:
        """Save nothing."""

    async def action_simulate_key(self, key: str) -> None:
        """Do nothing: only a person presses keys."""

    async def action_quit(self) -> None:
        """Do nothing: a page says how it is left."""

    def action_help_quit(self) -> None:
        """Do nothing: Ctrl+C is nobody's key here."""

    def bell(self) -> None:
        """Stay silent: a sound draws a look."""

    async def _broker_event(self, *_args: object, **_named: object) -> bool:
        return False

    def _set_pointer_shape(self, shape: str) -> None:
        pass

    def _register(self, parent: Any, *widgets: Widget, **named: Any) -> list[Widget]:
        for widget in widgets:
            upstream.still_cursor(widget)
        return super()._register(parent, *widgets, **named)
