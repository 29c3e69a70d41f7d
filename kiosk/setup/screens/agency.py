"""The agency that holds this station's records: a visitor's last page says to ask there."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.setup.agency import SAYS, FileNamesNobody, NoAgency, chosen, described
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from kiosk.terminal.text import say
from schema.agency import LONGEST_HOURS, LONGEST_LABEL
from widgets.choices import Choice, ChoiceList

FIELDS = (
    ("agency", "Its code", "code", 12),
    ("agency_label", "Neutral name for visitors (a passer-by may read it)", "label", LONGEST_LABEL),
    ("agency_telephone", "Telephone", "telephone", 14),
    ("agency_hours", "Hours in words, such as Monday to Friday, 9 to 5", "hours", LONGEST_HOURS),
)
"""The draft's fields: each with its label, the part of an agency that it is, and its length."""


class AgencyPage(SetupPage):
    """Choose the agency from the region file, or describe it where this machine makes the key."""

    heading = "Who holds this station's records?"
    help_text = (
        "Everybody who keeps a number here is told to ask this agency. With a region file it is one of the area's; "
        "else a directory of it alone is made, which `kiosk directory` completes. Never write a shelter's address."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the region file's agencies, or a field for each part."""
        file = self.draft.region_file
        if file is not None:
            self._codes = [each.code for each in file.agencies]
            at = self._codes.index(self.draft.agency) if self.draft.agency in self._codes else None
            yield paragraph("A visitor's last page says to ask there with her number.")
            names = [Choice("; ".join(each.label.values()), f"{each.code} {each.telephone}") for each in file.agencies]
            yield ChoiceList(names, chosen=at)
            yield error_line("code-error")
            return
        yield paragraph("A visitor's last page says to ask there with her number.")
        for name, label, part, longest in FIELDS:
            yield Static(say(label), classes="field-label")
            yield Input(getattr(self.draft, name), id=name, max_length=longest, select_on_focus=False)
            yield error_line(f"{part}-error")

    def take(self) -> bool:
        """Take the agency; complain beside the part that does not fit."""
        if self.draft.region_file is not None:
            return self._choose()
        for name, *_ in FIELDS:
            typed = self.query_one(f"#{name}", Input).value.strip()
            setattr(self.draft, name, typed.upper() if name == "agency" else typed)
        try:
            described(self.draft)
        except ValueError as part:
            field = next(name for name, _, of, _ in FIELDS if of == str(part))
            self.query_one(f"#{field}", Input).focus()
            return self.complain(SAYS[str(part)], f"{part}-error")
        return True

    def _choose(self) -> bool:
        index = self.query_one(ChoiceList).chosen
        if index is not None:
            self.draft.agency = self._codes[index]
        try:
            chosen(self.draft)
        except FileNamesNobody as error:
            return self.complain(f"{error} {error.hint}", "code-error")
        except NoAgency:
            return self.complain("Choose one.", "code-error")
        return True
