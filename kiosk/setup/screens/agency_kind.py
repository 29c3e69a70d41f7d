"""For whom an advocate works: privilege is promised only where the law gives it (MO-28)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from widgets.choices import Choice, ChoiceList

EXPLAINED = {
    "shelter": Choice("A shelter", "Employed by, or volunteering for, a shelter for victims of domestic violence."),
    "rape-crisis": Choice("A rape crisis center", "Employed by, or volunteering for, one."),
    "victim-services": Choice(
        "Another victim service program", "Of the community, a college or a tribe; not of police or prosecutors."
    ),
    "other": Choice("Another agency", "Anybody else. The kiosk then promises no privilege."),
}
"""Each kind of agency in words for the operator."""


class AgencyKindPage(SetupPage):
    """Ask for the kind of agency that employs the advocates here."""

    heading = "For whom do the advocates here work?"
    help_text = (
        "Laws on privilege name kinds of agency. Missouri's bind shelters (RSMo 455.220) and rape crisis centers "
        "(455.003). Each pack says for which kinds its promise holds; for any other the notice of other staff is shown."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the kinds of agency."""
        self._kinds = list(EXPLAINED)
        yield paragraph("A visitor is told that the law keeps a talk private only where that is so.")
        kind = self.draft.agency_kind
        yield ChoiceList(list(EXPLAINED.values()), chosen=None if kind is None else self._kinds.index(kind))
        yield error_line()

    def take(self) -> bool:
        """Take the kind."""
        index = self.query_one(ChoiceList).chosen
        if index is None:
            return self.complain("Choose one.")
        self.draft.agency_kind = self._kinds[index]
        return True
