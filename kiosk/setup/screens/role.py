"""Who stands beside the visitor: it decides what the kiosk may promise."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.setup import offers
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from widgets.choices import Choice, ChoiceList

EXPLAINED = {
    "advocate": Choice(
        "Confidential advocate", "Trained victim-services advocate whose talks are confidential by law."
    ),
    "reporter": Choice(
        "Mandated reporter", "Must report some disclosures. The kiosk says so before any question about harm."
    ),
    "social-worker": Choice(
        "Social worker", "A mandated reporter with the limits that this pack's county or state adds."
    ),
    "staff": Choice("Other staff", "Neither confidential by law nor bound to report."),
}
"""Each role in words for the operator."""


class RolePage(SetupPage):
    """Ask for the role of the staff here."""

    heading = "Who stands beside the visitor?"
    help_text = (
        "The kiosk shows the notice that fits this role, and keeps only what the role may keep. If staff of several "
        "roles share the machine, choose the one with the strictest duty to report."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the roles that the pack knows."""
        self._roles = [role for role in EXPLAINED if role in offers.offer(self.draft.pack).roles]
        yield paragraph("What may be promised depends on it, so the notice that a visitor reads does too.")
        chosen = self._roles.index(self.draft.role) if self.draft.role in self._roles else None
        yield ChoiceList([EXPLAINED[role] for role in self._roles], chosen=chosen)
        yield error_line()

    def take(self) -> bool:
        """Take the role."""
        index = self.query_one(ChoiceList).chosen
        if index is None:
            return self.complain("Choose a role.")
        self.draft.role = self._roles[index]
        if self.draft.role != "advocate":
            self.draft.agency_kind = None
        return True
