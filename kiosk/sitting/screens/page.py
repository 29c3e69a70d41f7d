"""Draws any page of the conversation on the full screen, and turns its keys, buttons and clicks into what it can do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from inspect import isawaitable
from typing import ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.sitting.pages.common import common, has
from kiosk.sitting.pages.page import AFRESH, LEAVE, Act, Block, Doing, Kind, Offer, Open, Page, Reply, Say
from kiosk.sitting.words import Words
from kiosk.terminal.text import clean, say
from widgets.button import Button
from widgets.choices import Choice, ChoiceList
from widgets.frame import FramedPage
from widgets.keybar import Key
from widgets.masthead import Masthead
from widgets.number import BigNumber
from widgets.planline import Tick

COMMON = {"why": "F1", "changed": "F2", "language": "F3", "back": "F4", "staff": "F5", "pause": "F9", "leave": "F12"}
"""What can be done on most pages, by its key."""
_ALWAYS = ("why", "staff")
"""What can be looked at while something is under way; it changes nothing."""
FIRST_KEY = "F10"
"""The key that stands ahead of all others in the last line."""
_LETTERS = "c,C,s,S,i,I,space,backspace,left,right"


class Face(Protocol):
    """What a page asks of the app that it belongs to."""

    def open_page(self, page: Page, closed: Callable[[str], None]) -> None:
        """Lay a page over what is there; tell how it was left."""

    def pause(self) -> None:
        """Hide the page."""

    def leave(self) -> None:
        """End the sitting at once."""

    def quit_kiosk(self) -> None:
        """End the whole kiosk, where the operator left that on."""

    def read_aloud(self, page: Page) -> None:
        """Read a page, where she said that headphones are in."""

    def voice_keys(self) -> Iterable[Key]:
        """Yield the keys of the voice for the last line."""


class PageScreen(FramedPage[str]):
    """One page, drawn. It ends with how the page was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"press('{key}')", show=False)
            for key in ("f1", "f2", "f3", "f5", "f6", "f7", "f9", "f10", "escape", "ctrl+q", *_LETTERS.split(","))
        ),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    AUTO_FOCUS = ""
    over: ClassVar[bool] = False
    """Whether the page lies over another one: Esc takes it away, and Back has no button."""

    def __init__(self, face: Face, page: Page) -> None:
        super().__init__(classes=page.name)
        self.face = face
        """The app that this page belongs to."""
        self.page = page
        self.page.news = self.tell
        self._whole = False
        """Whether everything on the page is there."""
        self._arrived = False
        self._drawn: list[tuple[Block, Widget]] = []

    @property
    def words(self) -> Words:
        """What the pack says in the language spoken now."""
        return self.page.words

    # How a page is drawn

    def masthead(self) -> Masthead:
        """Return the quiet title and the way out."""
        return Masthead(self.words(self.page.heading), self.words("leave-now"))

    def banner(self) -> Iterable[Widget]:
        """Say on every page of a practice round that it is one."""
        if self.page.sitting.settings.practice:
            yield Static(say(self.words("practice-banner")), id="practice")

    def more(self) -> str:
        """Say that the page goes on below."""
        return self.words("more-below")

    def body(self) -> Iterable[Widget]:
        """Draw what the page says, and what can be chosen or typed."""
        self._drawn = []
        blocks = list(self.page.blocks())
        for place, block in enumerate(blocks):
            if block.kind is Kind.OFFERS:
                yield from self._below()
            else:
                yield self._draw(block)
            if place == 0:
                yield self._hidden(Static(id="note"))
        if not any(block.kind is Kind.OFFERS for block in blocks):
            yield from self._below()

    def _draw(self, block: Block) -> Widget:
        widget = _widget(block)
        widget.display = bool(block.text) or block.kind is Kind.PAPER
        self._drawn.append((block, widget))
        return widget

    @staticmethod
    def _hidden(widget: Widget) -> Widget:
        widget.display = False
        return widget

    def _below(self) -> Iterable[Widget]:
        for field in self.page.fields():
            yield Static(say(field.label), classes="section")
            yield Input(
                id=field.id,
                classes="own",
                placeholder=field.empty,
                max_length=field.limit,
                compact=True,
                select_on_focus=False,
            )
        offers = self.page.offers()
        if offers and self.page.ticks:
            yield from (Tick(offer.label, int(offer.chosen)) for offer in offers)
        elif offers:
            chosen = next((at for at, offer in enumerate(offers) if offer.chosen), None)
            yield ChoiceList(
                [Choice(offer.label, offer.help) for offer in offers],
                chosen=chosen,
                numbers=self.page.keys().numbers,
                id="first",
            )

    def buttons(self) -> Iterable[Widget]:
        """Yield the buttons at the foot: back, what can be done here, and on."""
        acts = [act for act in self.page.acts() if act.button or act.label]
        if "back" in self.page.common and not self.over:
            yield Button(say(self.words("back")), id="back", compact=True)
        yield from (self._button(act) for act in acts if not act.main)
        yield Button(say(self.words(self.page.go_on_word)), id="go-on", classes="main", compact=True)
        yield from (self._button(act) for act in acts if act.main)

    def _button(self, act: Act) -> Button:
        return Button(self._label(act), id=act.id, classes="main" if act.main else "", compact=True)

    def _label(self, act: Act) -> Content:
        return say(act.label or self.words(act.button))

    def hints(self) -> Iterable[Key]:
        """Yield the keys shown in the last line."""
        own = [act for act in self.page.acts() if act.hint]
        yield from (self._hint(act) for act in own if act.key == FIRST_KEY)
        for name, key in COMMON.items():
            if name == "pause":
                yield from (self._hint(act) for act in own if act.key != FIRST_KEY)
                yield from self.face.voice_keys() if "voice" in self.page.common else ()
            if has(self.page, name):
                yield Key(key, self.words(self.page.key_words.get(name, f"key-{name}")), f"press('{key.lower()}')")

    def _hint(self, act: Act) -> Key:
        return Key(act.key, self.words(act.hint), f"press('{act.key.lower()}')")

    # What is on it changes

    def on_mount(self) -> None:
        """Show the page for the first time."""
        self.shown()

    def shown(self) -> None:
        """Put the focus where something can be chosen or typed first, else where Enter goes on."""
        first = [*self.query("#first"), *self.query(Tick), *self.query(Input), self.query_one("#go-on")]
        self.set_focus(first[0], scroll_visible=False)
        self.query_one("#body").scroll_home(animate=False)
        self._whole = True
        self.face.read_aloud(self.page)
        if not self._arrived:
            self._arrived = True
            self.take(self.page.arrive())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing while the page is being laid out: on a slow machine they may be here before it is."""
        if not self._whole:
            return False
        return action != "press" or self._meant(str(parameters[0])) is not None

    async def say_anew(self) -> None:
        """Lay the whole page out again: other words, or other things to choose."""
        if not self.is_attached:
            return
        self._whole = False
        await self.recompose()
        if self.query("#go-on"):  # else the page was left meanwhile
            self.shown()

    async def refresh_page(self) -> None:
        """Show what changed: in place where the page keeps its shape, else laid out again."""
        if not (self.is_attached and self._whole):
            return
        blocks = [block for block in self.page.blocks() if block.kind is not Kind.OFFERS]
        if [block.kind for block in blocks] != [block.kind for block, _ in self._drawn] or not self._same_choices():
            await self.say_anew()
            return
        for place, block in enumerate(blocks):
            old, widget = self._drawn[place]
            if block != old and isinstance(widget, Static):
                widget.update(say(_text(block)))
                widget.display = bool(block.text)
                self._drawn[place] = block, widget
        self._relabel()

    def _same_choices(self) -> bool:
        offers: list[Offer] = list(self.page.offers())
        if self.page.ticks:
            ticks = list(self.query(Tick))
            if [tick.text for tick in ticks] != [offer.label for offer in offers]:
                return False
            for tick, offer in zip(ticks, offers, strict=True):
                tick.mark = int(offer.chosen)
            return True
        shown = [each for choices in self.query(ChoiceList) for each in choices.choices]
        if shown != [Choice(offer.label, offer.help) for offer in offers]:
            return False
        for choices in self.query(ChoiceList):
            choices.chosen = self.page.chosen
        acts = {act.id for act in self.page.acts() if act.button or act.label}
        return acts == {str(button.id) for button in self.query("#ways Button")} - {"back", "go-on"}

    def _relabel(self) -> None:
        labels = {act.id: act.label or self.words(act.button) for act in self.page.acts()}
        labels["go-on"] = self.words(self.page.go_on_word)
        for button in self.query("#ways Button").results(Button):
            label = labels.get(str(button.id))
            if label is not None and str(button.label) != label:
                button.label = say(label)
                button.refresh(layout=True)

    def tell(self, text: str) -> None:
        """Say a sentence; one that the page says by itself is not said twice."""
        if not self.is_attached:
            return
        self.call_later(self.refresh_page)
        said = {block.text for block in self.page.blocks() if block.text}
        for note in self.query("#note").results(Static):  # none while the page is laid out again
            note.update(say(text))
            note.display = not any(text == each or text.endswith(each) for each in said)

    # What keys and buttons do

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
                self.face.open_page(page, lambda goes: self.take(then(goes)))
            case x if x == AFRESH:
                self.call_later(self._afresh)
            case x if x == LEAVE:
                self.face.leave()
            case str(goes):
                self.leave_with(goes)

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

    def _meant(self, key: str) -> str | Act | None:
        """Return what a key does here: one of the page's own acts, or something that most pages can do."""
        for act in self.page.acts():
            if key == act.key.lower() or key in act.also:
                return act
        if key == "escape":
            return "back" if self.over else None
        name = next((name for name, each in COMMON.items() if each.lower() == key), "")
        return name if has(self.page, name) else None

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
        """Go on with what was said so far, unless something is under way: that ends first."""
        if not self.page.busy:
            self.take(self.page.go_on())

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
            self.take(self.page.pick(event.index))
            self.call_later(self.refresh_page)

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

    @on(Button.Pressed)
    def _pressed_act(self, event: Button.Pressed) -> None:
        for act in self.page.acts():
            if act.id == event.button.id:
                self.do(act)
                return


def _text(block: Block) -> str:
    return f"! {block.text}" if block.kind is Kind.CAUTION and block.text else block.text


def _widget(block: Block) -> Widget:
    """Return what draws a block."""
    match block.kind:
        case Kind.LARGE_NUMBER:
            return BigNumber(block.text, id="large-number")
        case Kind.CARD:
            return Static(say(block.text), id="card")
        case Kind.PROBLEM | Kind.STATE:
            return Static(say(block.text), id=block.kind.value)
        case Kind.SERVICE if block.service is not None:
            service = block.service
            note = f" ({service.note})" if service.note else ""
            name = say(f"{service.label}: {service.phone}").stylize("bold")
            return Static(Content.assemble(name, "\n", say(f"{service.does}{note}")), classes="service")
        case kind:
            return Static(say(_text(block)), classes=kind.value)
