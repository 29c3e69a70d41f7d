"""The two tables of the meeting, cell by cell. Nothing in them may differ between the two sides."""

from __future__ import annotations

from datetime import date

from kiosk.meeting import words
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.merged_rows import bands_of
from kiosk.meeting.months import month_text
from widgets.rows import Column

_WIDTHS = {"chronic": 6, "length": 6, "months": 6, "score": 6, "unsheltered": 7}

VACANCIES = (
    Column("", 12),
    Column("open", 7),
    Column("project", 21, spare=3),
    Column("for", 28, spare=2),
    Column("fits", 6, right=True, spare=1),
    Column("first who fits", 18),
)


def people(meeting: Meeting) -> tuple[Column, ...]:
    """The columns of the list, by the list's own ranking keys. Where there is no room, the highest `spare` goes."""
    return (
        Column("place", max(5, len(str(len(meeting.rows)))), right=True),
        Column("number", max(6, max(map(len, meeting.place))), right=True),
        *(Column(words.TITLES.get(key, key), _WIDTHS.get(key, 6), spare=3) for key in bands_of(meeting.rows[0])),
        Column("house", 7, spare=2),
        Column("size", 4, spare=5),
        Column("state", 8),
        Column("word", 7, spare=4),
        Column("notes", 9, spare=1),
    )


def person_cells(meeting: Meeting, at: int, today: date) -> tuple[str, ...]:
    """A row of the list."""
    row = meeting.rows[at]
    person = meeting.person(row.meeting_number)
    return (
        str(at + 1),
        row.meeting_number,
        *(words.short_band(key, band, row) for key, band in bands_of(row).items()),
        words.household(row),
        words.size(row),
        words.state_words(person.state, overdue=meeting.overdue(row.meeting_number, today)),
        month_text(person.word),
        " ".join((person.vacancy, *person.notes)).strip(),
    )


def vacancy_cells(meeting: Meeting, code: str) -> tuple[str, ...]:
    """A row of the vacancies."""
    vacancy = meeting.vacancies[code]
    first = meeting.first_free(vacancy)
    said = f"{first} (place {meeting.place[first] + 1})" if first else "nobody"
    places = "closed" if vacancy.closed else f"{meeting.open_places(code)} of {vacancy.places}"
    return (code, places, vacancy.project, vacancy.words, f"{len(meeting.who_fits(vacancy)):,}", said)
