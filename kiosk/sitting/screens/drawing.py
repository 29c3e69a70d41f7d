"""How any page looks on the full screen: its blocks, what can be chosen or typed, buttons, keys in the last line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.sitting.pages.common import has
from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Act, Page
from kiosk.sitting.words import Words
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.choices import Choice, ChoiceList
from widgets.frame import FramedPage
from widgets.keybar import Key
from widgets.masthead import Masthead
from widgets.number import BigNumber
from widgets.planline import Tick

COMMON = {"why": "F1", "changed": "F2", "language": "F3", "back": "F4", "staff": "F5", "pause": "F9", "leave": "F12"}
"""What can be done on most pages, by its key."""
FIRST_KEY = "F10"
"""The key that stands ahead of all others in the last line."""


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


class DrawnPage(FramedPage[str]):
    """One page, drawn; what its keys do is added by `PageScreen`."""

    over: ClassVar[bool] = False
    """Whether the page lies over another one: Esc takes it away, and Back has no button."""

    def __init__(self, face: Face, page: Page) -> None:
        super().__init__(classes=page.name)
        self.face = face
        """The app that this page belongs to."""
        self.page = page
        self._whole = False
        """Whether everything on the page is there."""
        self._drawn: list[tuple[Block, Widget]] = []
        self.choices: ChoiceList | None = None
        """What can be chosen from, where one of several can be."""

    @property
    def words(self) -> Words:
        """What the pack says in the language spoken now."""
        return self.page.words

    def masthead(self) -> Masthead:
        """Return the quiet title and, behind the list of services, the way out."""
        return Masthead(self.page.above(), self.words("leave-now") if self.page.heading != "home-title" else "")

    def banner(self) -> Iterable[Widget]:
        """Say on every page of a practice round that it is one."""
        if self.page.sitting.settings.practice:
            yield Static(say(self.words("practice-banner")), id="practice")

    def more(self) -> str:
        """Say that the page goes on below."""
        return self.words("more-below")

    def body(self) -> Iterable[Widget]:
        """Draw what the page says, and what can be chosen or typed."""
        self._drawn, self.choices = [], None
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
            self.choices = ChoiceList(
                [_choice(offer) for offer in offers],
                chosen=next((at for at, offer in enumerate(offers) if offer.chosen), None),
                place=self.page.place,
                numbers=self.page.keys().numbers,
                id="first",
            )
            yield self.choices

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

    async def say_anew(self) -> None:
        """Lay the whole page out again: other words, or other things to choose."""
        if not self.is_attached:
            return
        self._whole = False
        await self.recompose()
        if self.query("#go-on"):  # else the page was left meanwhile
            self.shown()

    def shown(self) -> None:
        """Everything on the page is there. A hook."""

    @property
    def unread(self) -> bool:
        """Whether some of what can be chosen was never on the glass. A hook."""
        return False

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
        shown = [] if self.choices is None else self.choices.choices
        if shown != [_choice(offer) for offer in offers]:
            return False
        if self.choices is not None:
            self.choices.chosen = self.page.chosen
        acts = {act.id for act in self.page.acts() if act.button or act.label}
        return acts == {str(button.id) for button in self.query("#ways Button")} - {"back", "go-on"}

    def _relabel(self) -> None:
        labels = {act.id: act.label or self.words(act.button) for act in self.page.acts()}
        labels["go-on"] = self.words("read-on" if self.unread else self.page.go_on_word)
        for button in self.query("#ways Button").results(Button):
            label = labels.get(str(button.id))
            if label is not None and str(button.label) != label:
                button.label = say(label)
                button.refresh(layout=True)


def _choice(offer: Offer) -> Choice:
    return Choice(offer.label, offer.help, offer.value)


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
