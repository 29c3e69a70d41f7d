"""What of a meeting's list is shown: everybody, who fits a vacancy, offers, silences, or rows with certain cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from kiosk.meeting.meeting import Meeting
from kiosk.meeting.states import State
from kiosk.meeting.vacancy import Fit


class View(Enum):
    """Which people are shown."""

    EVERYBODY = "everybody"
    FITS = "who fits"
    OFFERS = "offers, the first due at the head"
    SILENT = "without a word for 90 days"


CHOICES: Mapping[str, Mapping[str, str]] = {
    "with_children": {"1": "family", "": "not said"},
    "household_size_band": {"2": "2", "3": "3", "4": "4", "5": "5 or more", "": "1, or not said"},
    "chronic_status": {"2": "yes", "1": "nearly", "0": "no"},
    "months_band": {"3": "12 or more", "2": "6 to 11", "1": "3 to 5", "0": "under 3"},
    "sheltered": {"n": "outside", "y": "indoors", "": "not known"},
    "disabling_condition": {"1": "yes", "0": "no", "": "not known"},
    "veteran": {"1": "yes", "0": "no", "": "not known"},
    "youth_household": {"1": "yes", "0": "no", "": "not known"},
}
"""Columns that can be filtered by, each code with its words."""
LABELS: Mapping[str, str] = {
    "with_children": "Household",
    "household_size_band": "Size",
    "chronic_status": "Chronic",
    "months_band": "Months",
    "sheltered": "Sleeps",
    "disabling_condition": "Disabling",
    "veteran": "Veteran",
    "youth_household": "Youth",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown."""

    view: View = View.EVERYBODY
    vacancy: str = ""
    """The vacancy whose people are shown, with FITS."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Column to the code that it has to hold."""
    state: State | None = None

    def places(self, meeting: Meeting, today: date) -> Sequence[int]:
        """The places of those who are shown, in order."""
        found: Sequence[int] = range(len(meeting.rows))
        if self.view is View.FITS:
            found = meeting.who_fits(meeting.vacancies[self.vacancy])
        elif self.view is View.OFFERS:
            found = [meeting.place[number] for number in meeting.offers()]
        elif self.view is View.SILENT:
            found = list(meeting.silent(today))
        for column, code in self.cells.items():
            found = [at for at in found if getattr(meeting.rows[at], column) == code]
        if self.state is not None:
            found = [at for at in found if meeting.states[at] == self.state]
        return found

    def words(self, meeting: Meeting) -> str:
        """What is shown, in a sentence without its end."""
        said = [self.view.value]
        if self.view is View.FITS:
            said = [f"who fits {self.vacancy}: {meeting.vacancies[self.vacancy].words}"]
        said += [f"{LABELS[column].lower()} {CHOICES[column][code]}" for column, code in self.cells.items()]
        if self.state is not None:
            said.append(self.state.word)
        return ", ".join(said)

    def not_said(self, meeting: Meeting) -> int:
        """Of how many the list does not say whether they fit, and who are therefore not shown."""
        if self.view is not View.FITS:
            return 0
        vacancy = meeting.vacancies[self.vacancy]
        return sum(vacancy.fit(row) is Fit.UNSAID for row in meeting.rows)
