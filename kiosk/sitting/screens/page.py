"""What every page of the conversation shares: its frame, its keys and the ways it can end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.screens.outcome import Outcome
from kiosk.sitting.screens.over import practice_banner
from kiosk.sitting.visit import Visit
from kiosk.sitting.words import Words
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.frame import FramedPage
from widgets.keybar import Key
from widgets.masthead import Masthead

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Page(FramedPage[Outcome]):
    """A page of the conversation. It changes the visit, and says which way it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "why", show=False),
        Binding("f2", "changed", show=False),
        Binding("f3", "language", show=False),
        Binding("f5", "staff", show=False),
        Binding("f6", "gentle", show=False),
        Binding("f9", "pause", show=False),
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
    ]
    AUTO_FOCUS = ""
    private: ClassVar[bool] = True
    """Whether the page stands behind the privacy gate; before it, nothing can have changed."""
    FIRST: ClassVar[str] = "#first"
    """What has the focus at first; without one, the button that goes on."""
    heading: ClassVar[str] = "conversation"
    """Key of the quiet title in the masthead."""
    go_on_word: ClassVar[str] = "go-on"
    """Key of the word on the button that goes on."""

    def __init__(self, sitting: SittingApp) -> None:
        self._sitting = sitting
        super().__init__()
        self.visit: Visit = sitting.visit
        self._whole = False
        """Whether everything on the page is there."""

    @property
    def app(self) -> SittingApp:  # type: ignore[override]
        """The sitting that this page belongs to."""
        return self._sitting

    @property
    def words(self) -> Words:
        """What the pack says in the language spoken now."""
        return self.app.words

    @property
    def staffed(self) -> bool:
        """Whether somebody who works here is with her, and the pack has cards for them."""
        return self.private and bool(self.visit.cards)

    # What a page says

    def why(self) -> str:
        """Return why this page is here, for F1."""
        return self.words("why-default")

    def more(self) -> str:
        """Say that the page goes on below."""
        return self.words("more-below")

    def buttons(self) -> Iterable[Widget]:
        """Yield the buttons at the foot: back, and on."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words(self.go_on_word)), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Yield the keys shown in the last line."""
        words = self.words
        yield Key("F1", words("key-why"), "why")
        if self.private:
            yield Key("F2", words("key-changed"), "changed")
        yield Key("F3", words("key-language"), "language")
        yield Key("F4", words("key-back"), "back")
        if self.staffed:
            yield Key("F5", words("key-staff"), "staff")
        yield from self.app.voice_keys()
        yield Key("F9", words("key-pause"), "pause")
        yield Key("F12", words("key-leave"), "leave")

    def masthead(self) -> Masthead:
        """Return the quiet title and the way out."""
        return Masthead(self.words(self.heading), self.words("leave-now"))

    def banner(self) -> Iterable[Widget]:
        """Say on every page of a practice round that it is one."""
        return practice_banner(self.app)

    def on_mount(self) -> None:
        """Show the page for the first time."""
        self.shown()

    def shown(self) -> None:
        """Put the focus where Enter goes on, unless the page has something to choose first."""
        first = self.query(self.FIRST)
        self.set_focus(first.first() if first else self.query_one("#go-on"), scroll_visible=False)
        self.query_one("#body").scroll_home(animate=False)
        self._whole = True
        self.app.read_aloud(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing while the page is being laid out: on a slow machine they may be here before it is."""
        return self._whole

    async def say_in_another_language(self) -> None:
        """Lay the page out again in the language spoken now; what was chosen stays chosen."""
        if not self.is_attached:
            return
        from widgets.choices import ChoiceList

        chosen = [each.chosen for each in self.query(ChoiceList)]
        self._whole = False
        await self.recompose()
        if not self.query("#go-on"):
            return  # the page was left meanwhile
        for choices, index in zip(self.query(ChoiceList), chosen, strict=True):
            choices.chosen = index
        self.shown()

    def relabel(self, button_id: str, word: str) -> None:
        """Put another word on a button."""
        button = self.query_one(f"#{button_id}", Button)
        button.label = say(self.words(word))
        button.refresh(layout=True)

    def title_text(self, text: str) -> Static:
        """Return the page's question or title."""
        return Static(say(text), classes="question")

    def paragraph(self, text: str, classes: str = "paragraph") -> Static:
        """Return a paragraph."""
        return Static(say(text), classes=classes)

    # What keys and buttons do

    def leave_with(self, goes: str) -> None:
        """End this page once; what is pressed after that belongs to the next one."""
        if self.is_attached:
            self.end_with(Outcome(goes))

    def action_go_on(self) -> None:
        """Go on with what was said so far."""
        self.leave_with("next")

    def action_back(self) -> None:
        """Go back one page."""
        self.leave_with("back")

    def action_changed(self) -> None:
        """Say that something changed (MO-18), where something was said."""
        if self.private:
            self.leave_with("changed")

    def action_gentle(self) -> None:
        """Nothing to come back to on this page; a question knows better."""

    def action_staff(self) -> None:
        """Lay the cards for staff over this page, where staff are with her."""
        if self.staffed:
            self.app.show_cards()

    def action_why(self) -> None:
        """Say why this page is here, and what the keys do."""
        self.app.explain(self.why())

    def action_language(self) -> None:
        """Choose another language; nothing that was said is lost."""
        self.app.choose_language()

    def action_pause(self) -> None:
        """Blank the page."""
        self.app.pause()

    def action_leave(self) -> None:
        """End the sitting at once."""
        self.app.leave()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll a line of text."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)
