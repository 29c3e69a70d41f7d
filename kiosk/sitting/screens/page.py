"""Turns the keys, buttons and clicks of any page into what it can do, and follows what the page answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from string import ascii_lowercase, digits
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from kiosk.sitting.pages.common import common, has
from kiosk.sitting.pages.elements import AFRESH, LEAVE, Say
from kiosk.sitting.pages.page import Act, Doing, Open, Page, Reply
from kiosk.sitting.screens.drawing import COMMON, DrawnPage, Face
from kiosk.terminal.text import clean, say
from widgets.button import Button
from widgets.choices import ChoiceList
from widgets.frame import Body
from widgets.keybar import KeyBar
from widgets.planline import Tick

_ALWAYS = ("why", "staff")
"""What can be looked at while something is under way; it changes nothing."""
_KEYS = "f1,f2,f3,f5,f6,f7,f8,f9,f10,escape,ctrl+q,space,backspace,left,right"


class PageScreen(DrawnPage):
    """One page. It ends with how the page was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"press('{key}')", show=False) for key in _KEYS.split(",")),
        *(Binding(f"{key},{key.upper()}", f"letter('{key}')", show=False) for key in ascii_lowercase),
        *(Binding(key, f"letter('{key}')", show=False) for key in digits),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, face: Face, page: Page, left: Callable[[str], None] | None = None) -> None:
        super().__init__(face, page)
        self.page.news = self.tell
        self._left = left
        """Told how the page was left, where it is a page of the way and lies over none."""
        self._arrived = False
        self._deepest = 0
        """Row of the body that was the first on the glass when the most of it had been read."""
        self._by_button = False
        """Whether what was done last was done by a button, or by a key in the last line."""

    def on_mount(self) -> None:
        """Show the page for the first time."""
        self.shown()

    def shown(self) -> None:
        """Put the focus where something can be chosen or typed first, else where Enter goes on."""
        self.focus_first()
        self.query_one("#body").scroll_home(animate=False)
        self._deepest = 0
        self._whole = True
        self.face.read_aloud(self.page)
        if not self._arrived:
            self._arrived = True
            self.take(self.page.arrive())

    def focus_first(self) -> None:
        """Put the focus on what the page is about."""
        first = [*self.query("#first"), *self.query(Tick), *self.query(Input), self.query_one("#go-on")]
        self.set_focus(first[0], scroll_visible=False)
        self.call_after_refresh(self._see_the_focus)

    def _see_the_focus(self) -> None:
        """Where what can be chosen is still below, let arrows and Enter read on; digits choose all the same."""
        if not self.query("#body"):
            return  # it was left meanwhile
        body = self.query_one("#body")
        if self.choices is not None and self.focused is self.choices and self.choices.region.y >= body.region.bottom:
            self.set_focus(self.query_one("#go-on"), scroll_visible=False)
        for what in ("scroll_y", "virtual_size"):
            self.watch(body, what, self._note_what_was_read)

    def _note_what_was_read(self) -> None:
        self._deepest = max(self._deepest, round(self.query_one("#body").scroll_y))
        self._relabel()

    @property
    def unread(self) -> bool:
        """Whether some of what can be chosen was never on the glass, and nothing is chosen yet."""
        if self.choices is None or self.page.chosen is not None or not (self._whole and self.page.read_first):
            return False
        return self.choices.virtual_region.bottom > self._deepest + self.query_one("#body").size.height

    def _read_on(self) -> None:
        """Show the next part of a page that does not fit, and be at its choices once they are there."""
        body = self.query_one("#body", Body)
        body.scroll_relative(y=max(1, body.size.height - 1), animate=False, immediate=True)
        if not self.unread and self.choices is not None:
            self.set_focus(self.choices, scroll_visible=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing while the page is being laid out: on a slow machine they may be here before it is."""
        if not self._whole:
            return False
        if action == "letter":
            return self._meant(str(parameters[0])) is not None or self._means_a_choice(str(parameters[0]))
        return action != "press" or self._meant(str(parameters[0])) is not None

    def tell(self, text: str) -> None:
        """Say a sentence; one that the page says by itself is not said twice."""
        if not self.is_attached:
            return
        self.call_later(self.refresh_page)
        said = {block.text for block in self.page.blocks() if block.text}
        for note in self.query("#note").results(Static):  # none while the page is laid out again
            note.update(say(text))
            note.display = not any(text == each or text.endswith(each) for each in said)
            if note.display:
                note.scroll_visible(animate=False)

    # What the page answers

    def take(self, doing: Doing) -> None:
        """Follow what the page answers."""
        if isawaitable(doing):
            self.app.run_worker(self._finish(doing), group="doing")
            return
        match doing:
            case None:
                return
            case Say(text):
                self.tell(text)
            case Open(page, then):
                self.face.open_page(page, lambda goes: self._uncovered(then(goes)))
            case x if x == AFRESH:
                self.call_later(self._afresh)
            case x if x == LEAVE:
                self.face.leave()
            case str(goes):
                self.leave_with(goes)

    def _uncovered(self, reply: Reply) -> None:
        """What lay over this page is gone: the focus is on the page again, and not on the button that opened it."""
        if self.is_attached and self._whole and self._by_button:
            self.focus_first()
        self.take(reply)

    async def _finish(self, doing: Awaitable[Reply]) -> None:
        reply = await doing
        if self.is_attached:
            self.take(reply)
            await self.refresh_page()

    async def _afresh(self) -> None:
        await self.refresh_page()
        self.face.read_aloud(self.page)

    def leave_with(self, goes: str) -> None:
        """End this page once; what is pressed after that belongs to the next one."""
        if self.is_attached:
            self.end_with(goes)

    def end_now(self, result: str) -> None:
        """End this page, which nothing lies over."""
        if self._left is None:
            self.dismiss(result)
        else:
            left, self._left = self._left, lambda goes: None
            self._whole = False
            left(result)

    # What keys and buttons do

    @property
    def takes_space(self) -> bool:
        """Whether Space is a key of the page itself, and presses no button."""
        return any("space" in act.also for act in self.page.acts())

    def on_key(self, event: events.Key) -> None:
        """Answer a key that does nothing here in words."""
        self._by_button = False
        if self._whole and event.key not in self.active_bindings:
            reply = self.page.other_key()
            if not isinstance(reply, Say):
                event.stop()  # the page that is uncovered has not been pressed
            self.take(reply)

    def _meant(self, key: str) -> str | Act | None:
        """Return what a key does here: one of the page's own acts, or something that most pages can do."""
        for act in self.page.acts():
            if key == act.key.lower() or key in act.also:
                return act
        if key == "escape":
            return "back" if self.over else None
        name = next((name for name, each in COMMON.items() if each.lower() == key), "")
        return name if has(self.page, name) else None

    def _means_a_choice(self, key: str) -> bool:
        return self.choices is not None and self.choices.knows(key)

    def action_letter(self, key: str) -> None:
        """Do what a letter or digit does here, wherever the focus is."""
        if self._meant(key) is not None:
            self.action_press(key)
            return
        if self.choices is not None:
            self.choices.focus()
            self.choices.action_type(key)

    def action_press(self, key: str) -> None:
        """Do what a key does here."""
        match self._meant(key):
            case Act() as act:
                self.do(act)
            case "pause":
                self.face.pause()
            case "leave":
                self.action_leave()
            case str(name) if not self.page.busy or name in _ALWAYS:
                self.take(common(self.page)[name]())

    def do(self, act: Act) -> None:
        """Do one of the page's own acts."""
        if self.page.fields() and act.asks:
            for field in self.query(Input):
                self.page.put(str(field.id), clean(field.value))
        self.take(act.do())

    def action_go_on(self) -> None:
        """Go on with what was said so far, unless something is under way: that ends first.

        On a page that does not fit, nothing is passed over that was never on the glass: Enter reads on.
        """
        if self.unread:
            self._read_on()
        elif not self.page.busy:
            self.take(self.page.proceed())

    def action_back(self) -> None:
        """Go back one page, unless something is under way."""
        if not self.page.busy and "back" in self.page.common:
            self.take(self.page.back())

    def action_leave(self) -> None:
        """End the sitting at once."""
        self.face.leave()

    def action_move(self, by: int) -> None:
        """Move from line to line where there are several to tick or fill in; else scroll a line of text."""
        also = {"down" if by > 0 else "up"}
        act = next((act for act in self.page.acts() if also & {*act.also}), None)
        if act is not None:
            self.do(act)
        elif self.query(Tick) or self.page.fields():
            if by > 0:
                self.focus_next()
            else:
                self.focus_previous()
        else:
            self.query_one("#body", VerticalScroll).scroll_relative(y=by, animate=False)

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if event.index != self.page.chosen:
            self.take(self.page.clear() if event.index is None else self.page.pick(event.index))
            self.call_later(self.refresh_page)
        self.call_after_refresh(self.place_cursor)

    @on(Tick.Marked)
    def _marked(self) -> None:
        offers = self.page.offers()
        for place, tick in enumerate(self.query(Tick)):
            if bool(tick.mark) is not offers[place].chosen:
                self.take(self.page.pick(place))
        self.call_later(self.refresh_page)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        """Enter goes from field to field, and then to what is done with them."""
        self.focus_next()
        asking = next((act.id for act in self.page.acts() if act.asks), "")
        if asking and isinstance(self.focused, Button):
            self.query_one(f"#{asking}").focus()

    @on(KeyBar.Pressed)
    def _pressed_in_the_bar(self) -> None:
        self._by_button = True

    @on(Button.Pressed)
    def _pressed_act(self, event: Button.Pressed) -> None:
        self._by_button = True
        for act in self.page.acts():
            if act.id == event.button.id:
                self.do(act)
                return
