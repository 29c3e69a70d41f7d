"""Everything that was chosen, before anything is made."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.errors import KioskError
from kiosk.setup import offers
from kiosk.setup.agency import chosen
from kiosk.setup.draft import Draft
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from kiosk.setup.screens.panic_key import shown


class SummaryPage(SetupPage):
    """Show the choices; going on makes the kiosk."""

    heading = "Is this right?"
    help_text = (
        "Nothing has been written yet. Going on makes the data folder with everything in it, in one step: either all "
        "of it is there afterwards, or none."
    )
    go_on_word = "Make this kiosk"
    AUTO_FOCUS = "#go-on"

    def body(self) -> Iterable[Widget]:
        """Yield a line for each choice."""
        draft = self.draft
        found = offers.offer(draft.pack)
        here = draft.region_file is None
        for label, value in (
            ("Pack", f"{found.title} ({found.id})"),
            ("Language", dict(found.languages).get(draft.language, draft.language)),
            ("Role", draft.role),
            ("Station", draft.station),
            ("Region", draft.region),
            ("Agency", draft.agency + (f", {draft.agency_kind}" if draft.agency_kind else "")),
            ("Ask at", _asked_at(draft)),
            (
                "List kept by",
                f"{draft.provider}, a victim service provider" if draft.provider else "not said to visitors",
            ),
            ("Silence", f"{draft.idle_seconds} seconds"),
            ("Leave at once", "F12, Esc three times" + (f", {shown(draft.panic_key)}" if draft.panic_key else "")),
            ("Ctrl+Q", "ends the kiosk on its home page" if draft.quit else "does nothing"),
            ("Printer", f"{draft.printer}, {draft.printer_columns} letters in a line" if draft.printer else "none"),
            ("Private key", "on this machine, under your passphrase" if here else "none: a provider elsewhere has it"),
            ("Data folder", str(self.state.place.home)),
        ):
            yield paragraph(f"{label + ':':<15} {value}", "fact")
        yield error_line()

    def take(self) -> bool:
        """See that the settings fit together."""
        try:
            self.draft.settings()
        except KioskError as error:
            return self.complain(str(error))
        return True


def _asked_at(draft: Draft) -> str:
    """Say what a visitor is told of the agency."""
    agency = chosen(draft)
    said = (*agency.label.values(), agency.telephone or "no telephone yet", *agency.hours.values())
    return ", ".join(said)
