"""A meeting as bytes and back: the rows, which no act changes, apart from what does."""

from __future__ import annotations

import base64
import json
from array import array
from typing import Any, Final

from kiosk.meeting.code_list import CodeList
from kiosk.meeting.meeting import Difference, Meeting
from kiosk.meeting.record import Change, Person, What
from kiosk.meeting.states import State
from kiosk.meeting.vacancy import Vacancy
from schema.merged import MergedRow

FORMAT: Final = 1
TAG_LENGTH: Final = 16


def pack_rows(meeting: Meeting) -> bytes:
    """The rows and their origins' tags: the same bytes for as long as the list is the same."""
    table = {
        "format": FORMAT,
        "area": meeting.area,
        "month": meeting.month,
        "rows": ["\x1f".join(row) for row in meeting.rows],
        "tags": b"".join(meeting.tags).hex(),
        "sources": sorted(each.hex() for each in meeting.sources),
    }
    return json.dumps(table, separators=(",", ":")).encode()


def pack_state(meeting: Meeting) -> bytes:
    """Everything that an act may change."""
    difference = meeting.difference
    table = {
        "states": _text(bytes(meeting.states)),
        "words": _text(meeting.words.tobytes()),
        "since": _text(meeting.since.tobytes()),
        "notes": meeting.notes,
        "held": meeting.held,
        "codes": [dict(meeting.codes.notes), dict(meeting.codes.reasons)],
        "vacancies": [_vacancy(each) for each in meeting.vacancies.values()],
        "changes": [_change(each) for each in meeting.changes],
        "begun": meeting.begun,
        "difference": [
            sorted(difference.new), sorted(difference.changed), list(difference.gone), difference.taken_back
        ],
        "signing": meeting.signing_seed.hex(),
        "serial": meeting.serial,
        "looked_at": meeting.looked_at,
    }  # fmt: skip
    return json.dumps(table, separators=(",", ":")).encode()


def unpack(untrusted_rows: bytes, untrusted_state: bytes) -> Meeting:
    """The meeting again. Raises ValueError, KeyError, TypeError or Refused where it is none."""
    fixed, table = json.loads(untrusted_rows), json.loads(untrusted_state)
    if fixed["format"] != FORMAT:
        raise ValueError
    tags = bytes.fromhex(fixed["tags"])
    new, changed, gone, taken_back = table["difference"]
    meeting = Meeting(
        area=str(fixed["area"]),
        month=fixed["month"],
        rows=tuple(MergedRow._make(row.split("\x1f")) for row in fixed["rows"]),  # checked before they came in
        tags=tuple(tags[at : at + TAG_LENGTH] for at in range(0, len(tags), TAG_LENGTH)),
        sources=frozenset(bytes.fromhex(each) for each in fixed["sources"]),
        codes=CodeList(*table["codes"]),
        vacancies={each[0]: _to_vacancy(each) for each in table["vacancies"]},
        changes=[_to_change(each) for each in table["changes"]],
        begun=int(table["begun"]),
        difference=Difference(
            frozenset(new), frozenset(changed), tuple((number, why) for number, why in gone), int(taken_back)
        ),
        signing_seed=bytes.fromhex(table["signing"]),
        serial=int(table["serial"]),
        looked_at=str(table["looked_at"]),
    )
    count = len(meeting.rows)
    meeting.states = bytearray(_bytes(table["states"]))
    meeting.words, meeting.since = (array("H", _bytes(table[name])) for name in ("words", "since"))
    meeting.notes = {number: tuple(codes) for number, codes in table["notes"].items()}
    meeting.held = {number: (vacancy, day) for number, (vacancy, day) in table["held"].items()}
    if {len(meeting.states), len(meeting.words), len(meeting.since)} != {count} or len(meeting.tags) not in (0, count):
        raise ValueError
    if max(meeting.states) > max(State) or not meeting.place.keys() >= {*meeting.notes, *meeting.held}:
        raise ValueError
    return meeting


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _vacancy(each: Vacancy) -> list[Any]:
    return [
        each.code, each.project_type, each.places, list(each.asks), each.smallest, each.largest, each.closed
    ]  # fmt: skip


def _to_vacancy(parts: list[Any]) -> Vacancy:
    code, kind, places, asks, smallest, largest, closed = parts
    return Vacancy(code, kind, places, tuple((column, value) for column, value in asks), smallest, largest, closed)


def _change(each: Change) -> list[Any]:
    before: list[Any] | None = None
    if isinstance(each.before, Vacancy):
        before = ["vacancy", _vacancy(each.before)]
    elif each.before is not None:
        now = each.before
        before = ["person", [int(now.state), now.word, list(now.notes), now.vacancy, now.answer_by]]
    what = each.what.value
    return [each.step, each.who, each.day, what, each.number, each.vacancy, list(each.codes), each.undone, before]


def _to_change(parts: list[Any]) -> Change:
    step, who, day, what, number, vacancy, codes, undone, before = parts
    kept: Person | Vacancy | None = None
    if before is not None and before[0] == "vacancy":
        kept = _to_vacancy(before[1])
    elif before is not None:
        state, word, notes, at, answer_by = before[1]
        kept = Person(State(state), word, tuple(notes), at, answer_by)
    return Change(step, who, day, What(what), number, vacancy, tuple(codes), undone, kept)
