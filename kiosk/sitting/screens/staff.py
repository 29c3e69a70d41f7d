"""Cards for the staff beside her: what to say, whom to call, what to think of. The answers stay hers (OX-04)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.directory import to_call
from kiosk.sitting.planning import gapped
from kiosk.sitting.screens.call import Outcomes
from kiosk.sitting.screens.over import OverPage
from kiosk.sitting.visit import TALK
from kiosk.terminal.text import say
from schema.pack import Card
from widgets.button import Button
from widgets.choices import Choice, ChoiceList
from widgets.keybar import Key
from widgets.planline import Tick

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class CheckLine(Tick):
    """One thing of a checklist."""

    def __init__(self, text: str, ticked: bool, place: int) -> None:
        super().__init__(text, int(ticked))
        self.place = place


class StaffCards(OverPage):
    """The cards of this role over her page: a list, or one card. F5 or Esc takes all of it away at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "hide", show=False),
        Binding("f9", "pause", show=False),
    ]
    heading = "staff-title"

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self._visit = sitting.visit
        self._cards = sitting.visit.cards
        self._open: int | None = None
        """Which card is open; `None` for the list of them."""
        self._last: int | None = None
        """Which card was open before."""
        self._whole = False
        """Whether everything of this card is there."""
        self._seen = False
        """Whether anything was there to hide."""

    def body(self) -> Iterable[Widget]:
        """Show the list, or the open card."""
        if self._open is not None:
            yield from self._card(self._cards[self._open])
            return
        yield Static(say(self._words("staff-body")), classes="paragraph")
        yield ChoiceList([self._choice(card) for card in self._cards], chosen=self._last, id="first")

    def _choice(self, card: Card) -> Choice:
        title = self._words.of(card.title)
        return Choice(f"{title}  ({self._words(f'staff-kind-{card.kind}')})" if card.kind in TALK else title)

    def _card(self, card: Card) -> Iterable[Widget]:
        words = self._words
        yield Static(say(words.of(card.title)), classes="question")
        if card.kind in TALK:
            yield Static(say(words(f"staff-kind-{card.kind}")), classes="hint")
        for place, line in enumerate(card.lines):
            if card.kind == "checklist":
                yield CheckLine(words.of(line), (card.id, place) in self._visit.checked, place)
            else:
                yield Static(say(words.of(line)), classes="paragraph")
        if card.kind == "elements":
            yield from self._elements()
        if card.kind == "call":
            for number, details in to_call(self._visit, words, "staff-hand-over"):
                yield Static(say(number), classes="number-line")
                yield Static(say(details), classes="detail")
        if card.kind in ("call", "offer"):
            yield Outcomes(self._visit, words, id="first")

    def _elements(self) -> Iterable[Widget]:
        """Show every part of a plan with its lines, to read and to say (SC-03)."""
        words = self._words
        yield Static(say(words("staff-elements")), classes="hint")
        for section in self._visit.pack.sections:
            yield Static(say(words.of(section.title)), classes="section")
            for caution in (section.caution, *(line.caution for line in section.lines)):
                if caution:
                    yield Static(say(f"! {words.of(caution)}"), classes="plan-line")
            for line in section.lines:
                yield Static(say(f"- {gapped(line, words)}"), classes="plan-line")

    def buttons(self) -> Iterable[Widget]:
        """Offer to hide everything, and to open a card or come back to the list."""
        word = "staff-open" if self._open is None else "staff-back"
        yield Button(say(self._words("staff-hide")), id="hide", compact=True)
        yield Button(say(self._words(word)), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Yield the few keys that mean something here."""
        yield Key("F4", self._words("key-back"), "back")
        yield Key("F5", self._words("key-hide"), "hide")
        yield Key("F9", self._words("key-pause"), "pause")
        yield Key("F12", self._words("key-leave"), "leave")

    def on_mount(self) -> None:
        """Put the focus where something can be chosen."""
        self._shown()

    def _shown(self) -> None:
        first = [*self.query("#first"), *self.query(CheckLine), self.query_one("#go-on")]
        self.set_focus(first[0], scroll_visible=False)
        self.query_one("#body").scroll_home(animate=False)
        self._whole = self._seen = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing while a card is being laid out, but the one that hides what was laid out before."""
        return self._whole or (self._seen and action == "hide")

    def _turn(self, card: int | None) -> None:
        self._last, self._open = self._open, card
        self._whole = False
        self.run_worker(self._lay_out(), name="card")

    async def _lay_out(self) -> None:
        await self.recompose()
        if self.query("#go-on"):
            self._shown()

    def on_tick_marked(self, event: Tick.Marked) -> None:
        """Tick in memory only; it ends with the sitting (SC-14)."""
        line = self.focused
        if self._open is not None and isinstance(line, CheckLine):
            self._visit.checked ^= {(self._cards[self._open].id, line.place)}

    def action_go_on(self) -> None:
        """Open the chosen card, or come back to the list."""
        chosen = None if self._open is not None else self.query_one(ChoiceList).chosen
        if self._open is not None or chosen is not None:
            self._turn(chosen)

    def action_back(self) -> None:
        """Come back to the list; from there, to her page."""
        if self._open is None:
            self.action_hide()
        else:
            self._turn(None)

    def action_step(self, by: int) -> None:
        """Move along a checklist; scroll everything else."""
        if isinstance(self.focused, CheckLine):
            self.focus_next(CheckLine) if by > 0 else self.focus_previous(CheckLine)
        else:
            super().action_step(by)

    def action_pause(self) -> None:
        """Blank everything."""
        self._sitting.pause()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Hide by the button."""
        if event.button.id == "hide":
            self.action_hide()
