"""A meeting as plain lines: what `kiosk meeting FILE --show` prints, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.meeting import words
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.merged_rows import bands_of
from kiosk.meeting.months import month_text


def summary(meeting: Meeting, today: date) -> str:
    """How many wait, how many offers are open or overdue, and what is new."""
    offers = meeting.offers()
    overdue = sum(meeting.overdue(number, today) for number in offers)
    difference = meeting.difference
    gone = len(difference.gone) + difference.taken_back
    silent = sum(1 for _ in meeting.silent(today))
    return (
        f"{meeting.waiting:,} wait. {len(offers):,} offers open, {overdue:,} OVERDUE. {len(difference.new):,} new, "
        f"{gone:,} gone, {len(difference.changed):,} changed. {silent:,} without a word for 90 days."
    )


def lines(meeting: Meeting, today: date) -> Iterator[str]:
    """The whole meeting: what stands, the vacancies, everybody in order."""
    yield f"Meeting {meeting.area}, {meeting.month}"
    yield summary(meeting, today)
    yield ""
    for vacancy in meeting.vacancies.values():
        free = meeting.open_places(vacancy.code)
        closed = ", closed" if vacancy.closed else ""
        fits = len(meeting.who_fits(vacancy))
        first = meeting.first_free(vacancy) or "nobody"
        yield (
            f"{vacancy.code}  {vacancy.project}, {free} of {vacancy.places} open{closed}, for {vacancy.words}. "
            f"{fits:,} fit, first: {first}"
        )
    if meeting.vacancies:
        yield ""
    keys = list(bands_of(meeting.rows[0]))
    titles = " ".join(f"{words.TITLES.get(key, key):<8}" for key in keys)
    yield f"{'place':>6} {'number':>8} {titles} {'household':<9} {'size':<4} {'state':<8} {'word':<7} {'':<5} notes"
    for at, row in enumerate(meeting.rows):
        yield _row(meeting, at, row.meeting_number, today)


def _row(meeting: Meeting, at: int, number: str, today: date) -> str:
    row, person = meeting.rows[at], meeting.person(number)
    bands = " ".join(f"{words.short_band(key, band, row):<8}" for key, band in bands_of(row).items())
    state = words.state_words(person.state, overdue=meeting.overdue(number, today))
    noted = " ".join(person.notes)
    return (
        f"{row.rank:>6} {number:>8} {bands} {words.household(row):<9} {words.size(row):<4} {state:<8} "
        f"{month_text(person.word):<7} {person.vacancy:<5} {noted}"
    ).rstrip()


def changes(meeting: Meeting) -> Iterator[str]:
    """The record of changes, the oldest first."""
    yield from (f"{each.day}  {each.who:<12}  {each.words}" for each in meeting.changes)


def difference(meeting: Meeting) -> Iterator[str]:
    """Who is new, gone or changed since the last meeting."""
    found = meeting.difference
    for kind, numbers in (("New", found.new), ("Changed", found.changed)):
        by_place = sorted(numbers & meeting.place.keys(), key=meeting.place.__getitem__)
        yield from (f"{kind}  {number}  place {meeting.place[number] + 1}" for number in by_place)
    yield from (f"Gone  {number}  {why}" for number, why in found.gone)
    if found.taken_back:
        yield f"Gone  {found.taken_back} on no list any more: nothing of them is kept"
