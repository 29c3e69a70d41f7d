"""A merged list taken into a meeting: the first makes it, each later one carries it on."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.errors import Refused
from kiosk.meeting.acts import Acts
from kiosk.meeting.meeting import Difference, Meeting
from kiosk.meeting.origins import NotItsOrigins, Origins
from kiosk.meeting.record import Change
from kiosk.meeting.states import State
from schema.merged import MergedRow, list_id

_SIGNING: Final = 32


class CannotCarry(Refused):
    """A list whose people cannot be found again on the one before."""

    hint = "Merge with `--carry FILE --carry-key FILE`; a list without origins makes a new meeting file."


@dataclass(frozen=True, slots=True)
class Taken:
    """The meeting that came of it."""

    meeting: Meeting
    forget: bool
    """Whether nothing of the former generation may stay: somebody was taken back, or all numbers are new (W4)."""


def first(area: str, rows: tuple[MergedRow, ...], origins: Origins | None, month: str) -> Meeting:
    """A new meeting. Without origins it can be held once, and carried nowhere."""
    if origins is None:
        return Meeting(area, month, rows, signing_seed=os.urandom(_SIGNING))
    _belongs(origins, rows)
    difference = Difference(new=origins.new)
    return Meeting(
        area,
        origins.month,
        rows,
        origins.tags,
        origins.sources,
        difference=difference,
        signing_seed=os.urandom(_SIGNING),
    )


def carry(before: Meeting, rows: tuple[MergedRow, ...], origins: Origins, who: str, today: date) -> Taken:
    """The next meeting: whoever was there before stands as before, and what an agency said of her is entered.

    Of somebody whom no list has any more nothing stays but one in a count (W4). Raises CannotCarry or NotItsOrigins.
    """
    _belongs(origins, rows)
    if not before.tags:
        raise CannotCarry("The meeting's list has no origins.")
    meeting = Meeting(
        before.area,
        origins.month,
        rows,
        origins.tags,
        origins.sources,
        before.codes,
        dict(before.vacancies),
        signing_seed=before.signing_seed,
        serial=before.serial,
    )
    numbers = {tag: row.meeting_number for tag, row in zip(before.tags, before.rows, strict=True)}
    stayed = dict[str, str]()
    for tag, row in zip(origins.tags, rows, strict=True):
        former = numbers.pop(tag, None)
        if former is not None:
            stayed[former] = row.meeting_number
            meeting.put(row.meeting_number, before.person(former))
            meeting.since[meeting.place[row.meeting_number]] = before.since[before.place[former]]
    fresh = any(old != new for old, new in stayed.items())
    named = {number for number, _ in origins.gone}
    taken_back = set(numbers.values()) - named
    gone = tuple((number, why) for number, why in origins.gone if number in before.place)
    meeting.difference = Difference(origins.new, origins.changed, () if fresh else gone, len(taken_back))
    meeting.changes = [] if fresh else [_kept(each) for each in before.changes if each.number not in taken_back]
    meeting.begun = len(meeting.changes)
    _fill(before, meeting)
    acts = Acts(meeting, who, today)
    for number, status in origins.said.items():
        acts.outcome(number, status)
    return Taken(meeting, forget=bool(taken_back) or fresh)


def _belongs(origins: Origins, rows: tuple[MergedRow, ...]) -> None:
    if origins.list_id != list_id(rows) or len(origins.tags) != len(rows):
        raise NotItsOrigins("These are the origins of another list.")


def _kept(change: Change) -> Change:
    """A change of an earlier meeting: it stays in the record and can be taken back no more."""
    return replace(change, before=None)


def _fill(before: Meeting, meeting: Meeting) -> None:
    """Places of people who have them for good stay taken when those leave the list: the vacancy has as many fewer."""
    stays = set(meeting.tags)
    left = [row.meeting_number for tag, row in zip(before.tags, before.rows, strict=True) if tag not in stays]
    for number in left:
        code = before.held.get(number, ("", ""))[0]
        if code in meeting.vacancies and before.state(number) in (State.ACCEPTED, State.HOUSED):
            vacancy = meeting.vacancies[code]
            if vacancy.places > 1:
                meeting.vacancies[code] = replace(vacancy, places=vacancy.places - 1)
            else:
                del meeting.vacancies[code]
