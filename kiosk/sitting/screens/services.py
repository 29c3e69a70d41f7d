"""The list of services: the home page, and the same page laid over one that is paused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.widget import Widget
from textual.widgets import OptionList, Static

from kiosk.sitting.pages.elements import Kind
from kiosk.sitting.pages.home import Decoy
from kiosk.sitting.screens.drawing import Face
from kiosk.sitting.screens.page import PageScreen
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.resources import ServiceList

if TYPE_CHECKING:
    from kiosk.sitting.pages.home import Home

WAY_IN = "1"
"""The key of the way in."""


class HomeScreen(PageScreen):
    """A few words, the list of services with the focus on it, and a plain way in.

    The first key after an end only wakes the page: hands that still shake walk nowhere.
    """

    page: Home

    def __init__(self, face: Face, page: Home, left: Callable[[str], None] | None = None) -> None:
        super().__init__(face, page, left)
        self.set_class(True, "home")
        self._awake = False

    def more(self) -> str:
        """Say nothing: the list of services scrolls in itself, with a bar of its own."""
        return ""

    def body(self) -> Iterable[Widget]:
        """Draw the words, then the services."""
        yield Static(say(self._ahead()), classes=Kind.WHERE.value, id="ahead")
        yield self._hidden(Static(id="note"))
        yield ServiceList(self.page.services(), id="services")

    def _ahead(self) -> str:
        where, *rest = (block.text for block in self.page.blocks() if block.text and block.kind is not Kind.SERVICE)
        return "  ".join((where, " ".join(rest))) if rest else where

    def buttons(self) -> Iterable[Widget]:
        """Put its key ahead of the way in."""
        for button in super().buttons():
            if isinstance(button, Button) and button.id == "go-on":
                button.label = say(f"{WAY_IN} {button.label}")
            yield button

    def focus_first(self) -> None:
        """Put the focus on the list."""
        services = self.query_one(ServiceList)
        services.highlighted = 0
        self.set_focus(services, scroll_visible=False)

    async def refresh_page(self) -> None:
        """Show what the county or the order makes of the list."""
        if self.is_attached and self._whole:
            self.query_one("#ahead", Static).update(say(self._ahead()))
            self.query_one(ServiceList).show(self.page.services())

    def tell(self, text: str) -> None:
        """Say a sentence ahead of the list, which stays as it is."""
        for note in self.query("#note").results(Static):
            note.update(say(text))
            note.display = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Know the way in, and the operator's Ctrl+Q."""
        return super().check_action(action, parameters) or (self._whole and parameters in ((WAY_IN,), ("ctrl+q",)))

    def on_key(self, event: events.Key) -> None:
        """Know from the first key on that somebody is there."""
        super().on_key(event)
        if event.key != WAY_IN:
            self._awake = True

    def action_letter(self, key: str) -> None:
        """Take the way in, once it was meant; the first key after an end may still be a hand that shakes."""
        if key != WAY_IN:
            super().action_letter(key)
        elif self._awake:
            self.action_go_on()
        else:
            self._awake = True
            self.tell(self.words("start-again"))

    def action_go_on(self) -> None:
        """Take the way in."""
        self.take(self.page.go_on())

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.take(self.page.told(event.option_index))

    def action_press(self, key: str) -> None:
        """End the kiosk by Ctrl+Q, where the operator left that on."""
        if key == "ctrl+q":
            self.face.quit_kiosk()
        else:
            super().action_press(key)

    def action_move(self, by: int) -> None:
        """Move in the list, wherever the focus is."""
        services = self.query_one(ServiceList)
        services.focus()
        if by > 0:
            services.action_cursor_down()
        else:
            services.action_cursor_up()

    def action_scroll_body(self, pages: int) -> None:
        """Scroll the services a page."""
        services = self.query_one(ServiceList)
        services.scroll_relative(y=pages * max(1, services.size.height - 2), animate=False)


class PausedScreen(HomeScreen):
    """The same page, letter by letter, over one that is paused. Nothing on it says so."""

    page: Decoy

    def on_key(self, event: events.Key) -> None:
        """Take her page up again at the second key of the gesture."""
        if self.page.pressed(event.key.upper()):
            event.stop()
            self.dismiss("next")
        else:
            super().on_key(event)


class WaitingScreen(HomeScreen):
    """The same page at the end of a long silence: any key goes on where she was, and does nothing else."""

    def shown(self) -> None:
        """Say that the page begins anew soon, as any list of services may."""
        super().shown()
        self.tell(self.words("idle-body"))

    async def on_event(self, event: events.Event) -> None:
        """Somebody is here."""
        if isinstance(event, (events.Key, events.Click, events.Paste)):
            event.stop()
            if self._whole and self.is_current:
                self._whole = False
                self.dismiss("next")
        else:
            await super().on_event(event)
