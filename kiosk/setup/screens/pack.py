"""Which content pack the kiosk speaks from, and in which language it waits."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.setup import offers
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from widgets.choices import Choice, ChoiceList


class PackPage(SetupPage):
    """Ask for the content pack."""

    heading = "Whose words and rules?"
    help_text = (
        "A content pack holds everything a visitor reads, the local directory, and what each role may promise and keep "
        "under the law of that place. It is checked whole before it is taken."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the packs there are."""
        self._names = offers.names()
        yield paragraph("Choose the pack of the place where this kiosk stands.")
        chosen = self._names.index(self.draft.pack) if self.draft.pack in self._names else None
        yield ChoiceList([Choice(self._title(name), name) for name in self._names], chosen=chosen)
        yield error_line()

    def _title(self, name: str) -> str:
        """A pack's own title, or that it cannot be used."""
        try:
            return offers.offer(name).title
        except KioskError:
            return "(this pack has faults and cannot be used)"

    def take(self) -> bool:
        """Take the pack if it is whole; a language or region of another pack is forgotten."""
        index = self.query_one(ChoiceList).chosen
        if index is None:
            return self.complain("Choose a pack.")
        try:
            found = offers.offer(self._names[index])
        except KioskError as error:
            return self.complain(f"{error} {error.hint}")
        if found.id != self.draft.pack:
            self.draft.pack, self.draft.language = found.id, ""
            self.draft.region = self.draft.region if self.draft.region_file else ""
        if self.draft.region_file is None:
            self.draft.region = self.draft.region or found.region
        return True


class LanguagePage(SetupPage):
    """Ask for the language of the home page."""

    heading = "In which language does the kiosk wait?"
    help_text = (
        "The home page shows this language, and goes back to it after every visitor. A visitor can change the language "
        "on every page with F3."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the languages of the pack."""
        self._codes = [code for code, _ in offers.offer(self.draft.pack).languages]
        names = [name for _, name in offers.offer(self.draft.pack).languages]
        chosen = self._codes.index(self.draft.language) if self.draft.language in self._codes else 0
        yield ChoiceList([Choice(name) for name in names], chosen=chosen)
        yield error_line()

    def take(self) -> bool:
        """Take the language."""
        index = self.query_one(ChoiceList).chosen
        if index is None:
            return self.complain("Choose a language.")
        self.draft.language = self._codes[index]
        return True
