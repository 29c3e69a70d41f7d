"""After Keep: the number, large, with a way to remember it, the phrase for a withdrawal, and where to ask."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.sitting.directory import service, where_to_ask
from kiosk.sitting.screens.page import Page
from kiosk.vault.numbers import show
from widgets.keybar import Key
from widgets.number import BigNumber


class KeptPage(Page):
    """Shown once, and only after the record was committed and read back."""

    go_on_word = "i-know-it"

    def body(self) -> Iterable[Widget]:
        """Show number, rhythm, phrase and where to ask."""
        words, keeper = self.words, self.app.keeper
        number = show(keeper.number or 0)
        yield self.title_text(words("kept-practice" if self.app.settings.practice else "kept-title"))
        yield BigNumber(number, id="large-number")
        first, second, third = number.split()
        yield self.paragraph(words("memory-aid", first=_spoken(first), second=_spoken(second), third=_spoken(third)))
        yield self.paragraph(words("phrase", phrase=keeper.phrase), "phrase")
        yield self.paragraph(words("phrase-help"))
        yield self.paragraph(words("where-to-ask"), "section")
        for resource in where_to_ask(self.app.pack, self.visit.county):
            shown = service(resource, words)
            yield self.paragraph(f"{shown.label}: {shown.phone}", "number-line")
            yield self.paragraph(f"{shown.does} ({shown.note})" if shown.note else shown.does, "detail")

    def buttons(self) -> Iterable[Widget]:
        """There is no way back from a record that is kept; a later withdrawal undoes it."""
        return (button for button in super().buttons() if button.id != "back")

    def hints(self) -> Iterable[Key]:
        """Leave out the keys that change answers: they are sealed now."""
        return (key for key in super().hints() if key.key not in ("F2", "F4"))

    def action_back(self) -> None:
        """A kept record is not unkept by going back."""

    def action_changed(self) -> None:
        """A kept record is changed by a later request, not here."""


def _spoken(group: str) -> str:
    """Set the digits of a group apart, as they are said."""
    return " ".join(group)
