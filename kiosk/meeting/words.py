"""A row in words: bands, needs, and why somebody stands ahead of somebody else. The same words for every row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.meeting.merged_rows import bands_of
from kiosk.meeting.states import State
from kiosk.meeting.vacancy import Fit, Vacancy
from schema.merged import MergedRow

ASK: Final = "ask"
"""Not known, or not shown: a question, and never a no."""
_SHORT: Final = {
    "chronic": {"2": "yes", "1": "nearly", "0": "no"},
    "length": {"3": "12+", "2": "6-11", "1": "3-5", "0": "0-2"},
    "unsheltered": {"1": "outside", "0": "indoors"},
}
_LONG: Final = {
    "chronic": {"2": "yes", "1": "nearly: a year in one to three times", "0": "no, or not known"},
    "length": {"3": "12 or more of 36", "2": "6 to 11 of 36", "1": "3 to 5 of 36", "0": "under 3 of 36"},
    "unsheltered": {"1": "a place not meant for it", "0": "indoors, or not known"},
}
TITLES: Final = {"chronic": "chron.", "length": "months", "months": "months", "score": "needs", "unsheltered": "sleeps"}
"""Ranking keys as the table's titles have them; another key stands under its own name."""
_FIT: Final = {Fit.YES: "yes", Fit.ASK: "ask", Fit.UNSAID: "not said", Fit.NO: "no"}


def short_band(key: str, band: str, row: MergedRow) -> str:
    """One ranking key's band, for a narrow column."""
    if band == "":
        return ASK
    if key == "score":
        return row.score.replace(" to ", "-")
    return _SHORT.get("length" if key == "months" else key, {}).get(band, band)


def household(row: MergedRow) -> str:
    """Family, or what is not said to be one."""
    return "family" if row.with_children else "adults?"


def size(row: MergedRow) -> str:
    """The household's size, 5 for five or more; one and not known look alike."""
    return row.household_size_band or "1?"


def reasons(row: MergedRow) -> Iterator[tuple[str, str]]:
    """Each ranking key with what it says of somebody, in the order in which they count."""
    for key, band in bands_of(row).items():
        name = "length" if key == "months" else key
        said = _LONG.get(name, {}).get(band)
        if band == "":
            said = "not shown: ask"
        elif key == "score":
            said = f"{row.score} (band {band})"
        title = TITLES.get(key, key)
        yield "chronic" if key == "chronic" else title, said or f"band {band}"


def ahead_by(row: MergedRow, behind: MergedRow) -> str:
    """The first key that tells two neighbours apart, or chance."""
    mine, theirs = bands_of(row), bands_of(behind)
    for key, band in mine.items():
        if band != theirs.get(key) and band and theirs.get(key):
            return "chronic" if key == "chronic" else TITLES.get(key, key)
    return "what is not shown" if "" in (*mine.values(), *theirs.values()) else "lot"


def needs(row: MergedRow) -> str:
    """Somebody's needs in one line, for a wall."""
    bands = bands_of(row)
    months = bands.get("length", bands.get("months", ""))
    parts = [
        {"3": "a year or more", "2": "six months or more", "1": "three months or more", "0": "under three months"}.get(
            months, "time not known yet"
        ),
        {"2": "chronic", "1": "nearly chronic"}.get(row.chronic_status, ""),
        f"family of {row.household_size_band or '?'}" if row.with_children else "",
        f"household of {row.household_size_band}" if row.household_size_band and not row.with_children else "",
        {"n": "outside", "y": "indoors"}.get(row.sheltered, ""),
        "veteran" if row.veteran == "1" else "",
        "youth household" if row.youth_household == "1" else "",
    ]
    return ", ".join(filter(None, parts))


def fit_words(vacancy: Vacancy, row: MergedRow) -> str:
    """Whether somebody fits a vacancy, each thing that it asks apart."""
    parts = [
        f"{Vacancy(vacancy.code, vacancy.project_type, 1, (each,)).words} "
        f"{_FIT[Vacancy(vacancy.code, vacancy.project_type, 1, (each,)).fit(row)]}"
        for each in vacancy.asks
    ]
    by_size = Vacancy(vacancy.code, vacancy.project_type, 1, (), vacancy.smallest, vacancy.largest)
    if by_size.words != "anybody":
        parts.append(f"{by_size.words} {_FIT[by_size.fit(row)]}")
    return ", ".join(parts) or "anybody fits"


def state_words(state: State, *, overdue: bool) -> str:
    """A state as the table shows it."""
    return "OVERDUE" if overdue else state.word
