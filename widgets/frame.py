"""The frame that every page shares: title and way out, a body that scrolls, buttons, keys in the last line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.layout import Layout
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from widgets.button import Button
from widgets.fitting import FittingLayout
from widgets.keybar import Key, KeyBar
from widgets.masthead import LeaveButton, Masthead
from widgets.more import MoreBelow
from widgets.row import WrapRow


class Body(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The middle of a page. It has no keys of its own: where it scrolls, it would take the page's."""

    _fitting = FittingLayout()

    @property
    def layout(self) -> Layout:
        """Fit, whatever the stylesheet says."""
        return self._fitting


class FramedPage(Screen[ScreenResultType], inherit_bindings=False):
    """A page in its frame. Key, button and click end in one action each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
        Binding("f4", "back", show=False),
        Binding("f12", "leave", show=False),
        Binding("pageup", "scroll_body(-1)", show=False),
        Binding("pagedown", "scroll_body(1)", show=False),
    ]
    _due: ScreenResultType | None = None
    """What this page ends with, once nothing lies over it."""

    def on_descendant_focus(self) -> None:
        """Have the terminal's cursor where the focus is."""
        self.call_after_refresh(self.place_cursor)

    def place_cursor(self) -> None:
        """Put the terminal's cursor, hidden as it is, at what has the focus: a braille line follows it."""
        focused = self.focused
        if focused is not None and self.is_current:
            self.app.cursor_position = getattr(focused, "cursor_at", focused.region.offset)

    def masthead(self) -> Masthead:
        """Return the first line: what this page is, and the way out."""
        return Masthead("", "")

    def banner(self) -> Iterable[Widget]:
        """Yield what stands between the first line and the body."""
        return ()

    def body(self) -> Iterable[Widget]:
        """Yield what stands in the middle of the page."""
        return ()

    def more(self) -> str:
        """Return what says that the page goes on below."""
        return ""

    def buttons(self) -> Iterable[Widget]:
        """Yield the buttons at the foot."""
        return ()

    def hints(self) -> Iterable[Key]:
        """Yield the keys shown in the last line."""
        return ()

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield self.masthead()
        yield from self.banner()
        with Body(id="body"):
            yield from self.body()
        yield MoreBelow(self.more())
        with WrapRow(id="ways"):
            yield from self.buttons()
        yield KeyBar(list(self.hints()))

    def end_with(self, result: ScreenResultType) -> None:
        """End this page, and not before whatever lies over it is gone: Textual would take that away instead."""
        if self.is_active:
            self.end_now(result)
        else:
            self._due = result

    def end_now(self, result: ScreenResultType) -> None:
        """End this page, which nothing lies over."""
        self.dismiss(result)

    def on_screen_resume(self) -> None:
        """Nothing lies over this page any more."""
        due, self._due = self._due, None
        if due is not None:
            self.end_with(due)

    def action_go_on(self) -> None:
        """Go on."""

    def action_back(self) -> None:
        """Go back one page."""

    def action_leave(self) -> None:
        """Leave at once."""

    def action_scroll_body(self, pages: int) -> None:
        """Scroll a page of text."""
        body = self.query_one("#body", VerticalScroll)
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False, immediate=True)

    @on(Button.Pressed, "#go-on")
    def _pressed_go_on(self) -> None:
        self.action_go_on()

    @on(Button.Pressed, "#back")
    def _pressed_back(self) -> None:
        self.action_back()

    @on(KeyBar.Pressed)
    async def _pressed_key(self, event: KeyBar.Pressed) -> None:
        await self.run_action(event.action)

    @on(LeaveButton.Pressed)
    def _pressed_leave(self) -> None:
        self.action_leave()
