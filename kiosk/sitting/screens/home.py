"""The home page: community resources (MO-40). What a passer-by sees, and what panic shows. No word about violence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from kiosk.sitting.directory import ALL_COUNTIES, on_home
from kiosk.sitting.interpreting import page_of
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key
from widgets.resources import ServiceList


class Home(Page):
    """Services in the county, and a quiet way into a private conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "county", show=False),
        Binding("s", "sort", show=False),
        Binding("i", "interpreter", show=False),
        Binding("ctrl+q", "quit_kiosk", show=False),
    ]
    private = False
    FIRST = "#go-on"
    heading = "home-title"

    by_kind = False
    """Whether services are sorted by what they help with, else by name."""

    def more(self) -> str:
        """Say nothing: the list of services scrolls in itself, with a bar of its own."""
        return ""

    def body(self) -> Iterable[Widget]:
        """List the services."""
        yield self.paragraph(self._where(), "where")
        yield ServiceList(on_home(self.visit, self.words), id="services")

    def buttons(self) -> Iterable[Widget]:
        """Offer the county, every language in its own name, and the conversation."""
        yield Button(say(self.words("county-button")), id="county", compact=True)
        for language in self.app.pack.languages:
            if language.code != self.words.language:
                yield Button(say(language.name), id=f"language-{language.code}", classes="language", compact=True)
        if self._interpreter:
            yield Button(say(self.words("key-interpreter")), id="interpreter", compact=True)
        yield Button(say(self.words("start")), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Show the few keys that mean something here."""
        words = self.words
        yield Key("F1", words("key-help"), "why")
        yield Key("F3", words("key-language"), "language")
        yield Key("C", words("key-county"), "county")
        yield Key("S", words("key-sort"), "sort")
        if self._interpreter:
            yield Key("I", words("key-interpreter"), "interpreter")
        yield Key("F12", words("key-clear"), "leave")

    def why(self) -> str:
        """Say what this page is."""
        return self.words("home-help")

    @property
    def _interpreter(self) -> bool:
        """Whether the pack says how to ask for an interpreter."""
        return page_of(self.app.pack) is not None

    def _where(self) -> str:
        county = self.visit.county or self.words("all-counties")
        order = self.words("sorted-by-kind" if self.by_kind else "sorted-by-name")
        return f"{self.words('home-where', county=county)}  {order} {self.words('call-first-all')}"

    def _show(self) -> None:
        services = on_home(self.visit, self.words, by_kind=self.by_kind)
        self.query_one(ServiceList).show(services)
        self.query_one(".where").update(say(self._where()))  # type: ignore[attr-defined]

    def action_back(self) -> None:
        """There is nothing before the home page."""

    def action_county(self) -> None:
        """Choose the county whose services are listed."""
        from kiosk.sitting.screens.county import CountyList

        def chosen(county: str | None) -> None:
            if county is not None:
                self.visit.county = None if county == ALL_COUNTIES else county
                self._show()

        self.app.push_screen(CountyList(self.app.pack.counties, self.words), chosen)

    def action_sort(self) -> None:
        """Sort by name or by what a service helps with."""
        self.by_kind = not self.by_kind
        self._show()

    def action_interpreter(self) -> None:
        """Say how to ask for an interpreter, in every language (OR-14)."""
        if self._interpreter:
            from kiosk.sitting.screens.interpreter import Interpreter

            self.app.push_screen(Interpreter(self.app))

    def action_quit_kiosk(self) -> None:
        """End the kiosk, where the operator left that on."""
        self.app.quit_kiosk()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll the services, wherever the focus is."""
        self.query_one(ServiceList).scroll_relative(y=lines, animate=False)

    def action_scroll_body(self, pages: int) -> None:
        """Scroll the services a page."""
        services = self.query_one(ServiceList)
        services.scroll_relative(y=pages * max(1, services.size.height - 2), animate=False)

    @on(Button.Pressed, "#county")
    def _pressed_county(self) -> None:
        self.action_county()

    @on(Button.Pressed, "#interpreter")
    def _pressed_interpreter(self) -> None:
        self.action_interpreter()

    @on(Button.Pressed, ".language")
    def _pressed_language(self, event: Button.Pressed) -> None:
        self.app.speak(str(event.button.id).removeprefix("language-"))
