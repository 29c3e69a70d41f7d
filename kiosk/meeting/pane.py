"""What stands beside the list about the row under the cursor: why here, whether they fit, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from kiosk.meeting import words
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.months import month_text

MOST_DONE = 8
"""Changes that are shown, the newest first."""


def about(meeting: Meeting, number: str, vacancy: str, today: date) -> Iterator[str]:
    """Lines about a number, and about the vacancy that is marked, if one is."""
    at = meeting.place[number]
    row, person = meeting.rows[at], meeting.person(number)
    yield f"{number}   place {at + 1} of {len(meeting.rows):,}"
    yield ""
    yield "Why here"
    for key, said in words.reasons(row):
        yield f" {key:<9} {said}"
    if at + 1 < len(meeting.rows):
        behind = meeting.rows[at + 1]
        yield f"Ahead of {behind.meeting_number} by: {words.ahead_by(row, behind)}"
    if vacancy in meeting.vacancies:
        yield ""
        yield f"For {vacancy}"
        yield f" {words.fit_words(meeting.vacancies[vacancy], row)}"
    yield ""
    yield f"State     {words.state_words(person.state, overdue=meeting.overdue(number, today))}"
    if person.vacancy:
        yield f"At        {person.vacancy}" + (f", to answer by {person.answer_by}" if person.answer_by else "")
    yield f"Word      {month_text(person.word)}"
    if person.notes:
        yield "Notes"
        yield from (f" {code} {meeting.codes.notes.get(code, 'no longer in the list')}" for code in person.notes)
    else:
        yield "Notes     none"
    yield ""
    yield "What was done (newest first)"
    yield from (f" {each.day} {_said(each.words, number)}" for each in islice(meeting.done_about(number), MOST_DONE))
    yield f" {month_text(meeting.since[at])} new on the list"


def above(meeting: Meeting, number: str, vacancy: str) -> list[str]:
    """Who stands above a number, fits a vacancy and has nothing: a reason is due for each."""
    return meeting.above(number, vacancy) if vacancy in meeting.vacancies else []


def _said(said: str, number: str) -> str:
    return said.removeprefix(number).strip()
