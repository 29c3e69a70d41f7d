"""Everything that would be stored, in words, with the number that would be hers. F10 keeps; Enter keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.keeping import Result
from kiosk.sitting.record import in_words
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from kiosk.vault.numbers import show
from widgets.button import Button
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Review(Page):
    """The review page. Keep and keep nothing weigh the same; Enter never keeps."""

    BINDINGS = [Binding("f10", "keep", show=False)]
    go_on_word = "keep-nothing"

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self.saving = False

    def body(self) -> Iterable[Widget]:
        """Show the number, then every stored answer, then what a panic can no longer undo."""
        words = self.words
        yield self.title_text(words("review-title"))
        yield Static(say(self._number_words()), id="number")
        yield Static(id="problem")
        yield self.paragraph(words("review-body"))
        for label, answer in in_words(self.visit, words):
            yield self.paragraph(f"{label}: {answer}", "record")
        yield self.paragraph(words("review-never"), "hint")
        yield self.paragraph(words("review-window"), "hint")

    def _number_words(self) -> str:
        number = self.app.keeper.number
        if number is None:
            return self.words("number-coming")
        return self.words("number-not-yet", number=show(number))

    def hints(self) -> Iterable[Key]:
        """Add the key that keeps."""
        yield Key("F10", self.words("key-keep"), "keep")
        yield from super().hints()

    def buttons(self) -> Iterable[Widget]:
        """Offer both ways with the same weight."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words("keep-nothing")), id="go-on", classes="main", compact=True)
        yield Button(say(self.words("keep")), id="keep", classes="main", compact=True)

    def shown(self) -> None:
        """Have a number put aside; nothing is on any disk."""
        super().shown()
        self.query_one("#problem").display = False
        self.run_worker(self._put_aside(), exclusive=True, group="number")

    async def _put_aside(self) -> None:
        there_is_one = await self.app.keeper.put_aside()
        if not (self.is_attached and self._whole):  # laid out anew, it asks again
            return
        if there_is_one:
            self.query_one("#number", Static).update(say(self._number_words()))
        else:
            self._tell(Result.OTHER)

    def action_keep(self) -> None:
        """Keep it: seal, commit, read back; then, and only then, say so."""
        if not self.saving:
            self.saving = True
            self.query_one("#number", Static).update(say(self.words("keeping")))
            self.run_worker(self._keep(), exclusive=True, group="number")

    async def _keep(self) -> None:
        result = await self.app.keeper.keep(self.visit)
        self.saving = False
        if result is Result.KEPT:
            self.leave_with("kept")
        else:
            self._tell(result)

    def _tell(self, result: Result) -> None:
        """Say in plain words that nothing was kept; the number is not shown, and she may try again."""
        problem = self.query_one("#problem", Static)
        problem.update(say(self.words(result.value)))
        problem.display = True
        self.query_one("#number", Static).update(say(self.words("number-none")))
        self.relabel("keep", "try-again")

    def action_go_on(self) -> None:
        """Go on with nothing kept, unless a save is under way: that one ends first."""
        if not self.saving:
            self.leave_with("next")

    def action_back(self) -> None:
        """Go back, unless a save is under way."""
        if not self.saving:
            super().action_back()

    def action_changed(self) -> None:
        """Something changed, unless a save is under way."""
        if not self.saving:
            super().action_changed()

    def action_language(self) -> None:
        """Another language, unless a save is under way: to lay the page out again would begin it anew."""
        if not self.saving:
            super().action_language()

    @on(Button.Pressed, "#keep")
    def _pressed_keep(self) -> None:
        self.action_keep()
