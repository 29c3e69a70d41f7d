"""The privacy gate (MO-19): nothing is asked before she says that it is private enough here."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from kiosk.sitting.ways import enter
from widgets.choices import Choice, ChoiceList


class Gate(Page):
    """Ask whether it is safe to go on here. The first choice is yes, so that Enter goes on."""

    private = False

    def body(self) -> Iterable[Widget]:
        """Ask, with the first answer chosen."""
        page = self.app.page("gate")
        yield self.title_text(self.words.of(page.title))
        for paragraph in page.body:
            yield self.paragraph(self.words.of(paragraph))
        yield ChoiceList(
            [
                Choice(self.words("gate-yes")),
                Choice(self.words("gate-staff"), self.words("gate-staff-help")),
                Choice(self.words("gate-no"), self.words("gate-no-help")),
                Choice(self.words("gate-before"), self.words("gate-before-help")),
            ],
            chosen=0,
            id="first",
        )

    def action_go_on(self) -> None:
        """Go on, alone or with staff (OR-09), or stay with ordinary services; which of them is not noted anywhere."""
        self.leave_with(enter(self.visit, self.query_one(ChoiceList).chosen))
