"""The home page and its neutral twin: services in a list that scrolls in itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.pages.page import Kind
from kiosk.sitting.screens.page import PageScreen
from kiosk.terminal.text import say
from widgets.keybar import Key
from widgets.resources import ServiceList

if TYPE_CHECKING:
    from kiosk.sitting.pages.home import Home
    from kiosk.sitting.pages.neutral import Neutral

    WithServices = Home | Neutral


class ServicesScreen(PageScreen):
    """A few words, and the list of services under them."""

    page: WithServices

    def more(self) -> str:
        """Say nothing: the list of services scrolls in itself, with a bar of its own."""
        return ""

    def body(self) -> Iterable[Widget]:
        """Draw the words, then the services."""
        kind = Kind.WHERE if self.page.name == "home" else Kind.PARAGRAPH
        yield Static(say(self._ahead()), classes=kind.value, id="ahead")
        yield self._hidden(Static(id="note"))
        yield ServiceList(self.page.services(), id="services")

    def _ahead(self) -> str:
        where, *rest = (block.text for block in self.page.blocks() if block.text and block.kind is not Kind.SERVICE)
        return "  ".join((where, " ".join(rest))) if rest else where

    async def refresh_page(self) -> None:
        """Show what the county or the order makes of the list."""
        if self.is_attached and self._whole:
            self.query_one("#ahead", Static).update(say(self._ahead()))
            self.query_one(ServiceList).show(self.page.services())

    def action_move(self, by: int) -> None:
        """Scroll the services, wherever the focus is."""
        self.query_one(ServiceList).scroll_relative(y=by, animate=False)


class HomeScreen(ServicesScreen):
    """The home page. It shows the few keys that mean something here, and an operator can end the kiosk on it."""

    def hints(self) -> Iterable[Key]:
        """Leave the pause out: there is nothing to hide."""
        return (key for key in super().hints() if key.key != "F9")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Know the operator's Ctrl+Q as well."""
        return super().check_action(action, parameters) or (self._whole and parameters == ("ctrl+q",))

    def action_press(self, key: str) -> None:
        """End the kiosk by Ctrl+Q, where the operator left that on."""
        if key == "ctrl+q":
            self.face.quit_kiosk()
        else:
            super().action_press(key)

    def action_scroll_body(self, pages: int) -> None:
        """Scroll the services a page."""
        services = self.query_one(ServiceList)
        services.scroll_relative(y=pages * max(1, services.size.height - 2), animate=False)
