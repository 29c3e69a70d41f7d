from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.seal import wire
from kiosk.seal.record import SealedRecord, seal
from kiosk.vault.clerk import Clerk
from kiosk.vault.numbers import number_class, valid
from tests.clerk_process import clerk_at
from tests.made_up import Made, a_summary, made_at


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def record(made: Made, number: int) -> SealedRecord:
    return seal(a_summary(number), number, made.key.recipients)


def clerk_of(made: Made) -> Clerk:
    return Clerk(made.key, made.store, made.ledgers)


def number_of(clerk: Clerk) -> int:
    answer = clerk.answer(wire.pack_ask())
    assert isinstance(answer, wire.Number)
    return answer.number


def test_what_is_refused(made: Made) -> None:
    """P6: other messages, a number that was not put aside, another provider's record: refused, nothing stored."""
    clerk = clerk_of(made)
    number = number_of(clerk)
    good = record(made, number)
    other = made_at(made.place.home.parent / "other")
    stranger = seal(a_summary(), number, [type(made.key.recipients[0])(1, bytes([9]) + bytes(31))])
    keep = wire.pack_keep(number, good)
    packets = [
        b"",
        b"N ",
        b"n",
        keep[:-1],
        keep + b"x",
        keep[:5] + b"Jane" + keep[9:],
        wire.pack_keep(other.number(), good),
        wire.pack_keep(12_345_674, good),
        wire.pack_keep(number, stranger),
    ]
    for packet in packets:
        assert clerk.answer(packet) == wire.Failed(wire.Reason.REFUSED)
    assert made.store.rows() == []
    assert clerk.answer(keep) == wire.Kept()


def test_the_same_save_twice_is_one_record(made: Made) -> None:
    """A sitting that did not hear the answer may send the same again."""
    clerk = clerk_of(made)
    number = number_of(clerk)
    keep = wire.pack_keep(number, record(made, number))
    assert [clerk.answer(keep) for _ in range(3)] == [wire.Kept()] * 3
    assert len(made.store.rows()) == 1


def test_a_clash_gives_a_new_number(made: Made) -> None:
    """A number that was taken meanwhile is answered with another one; the older record stays."""
    clerk = clerk_of(made)
    number = number_of(clerk)
    made.keep(number=number)
    first = made.store.rows()
    answer = clerk.answer(wire.pack_keep(number, record(made, number)))
    assert isinstance(answer, wire.Clash) and answer.number != number
    assert made.store.rows() == first
    assert clerk.answer(wire.pack_keep(answer.number, record(made, answer.number))) == wire.Kept()


def test_a_removed_number_is_no_clash_of_another_kind(made: Made) -> None:
    """A number removed meanwhile is answered like one that is taken: known and unknown numbers look alike."""
    clerk = clerk_of(made)
    number = number_of(clerk)
    made.store.retire([number])
    assert isinstance(clerk.answer(wire.pack_keep(number, record(made, number))), wire.Clash)


def test_a_failed_save_may_be_tried_again(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Busy, then free: the same number keeps a record sealed anew."""
    monkeypatch.setattr("kiosk.vault.migrations.BUSY_SECONDS", 0.05)
    clerk = clerk_of(made)
    number = number_of(clerk)
    with closing(sqlite3.connect(made.place.summaries, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        busy = clerk.answer(wire.pack_keep(number, record(made, number)))
    assert busy == wire.Failed(wire.Reason.BUSY)
    again = record(made, number)
    assert clerk.answer(wire.pack_keep(number, again)) == wire.Kept()
    assert [row.untrusted_sealed for row in made.store.rows()] == [bytes(again)]


def test_doubt_never_stores_twice(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """P8: committed, but the read-back failed: told as failed; the next try takes its place, one record in all."""
    from kiosk.vault.store import Store

    clerk = clerk_of(made)
    number = number_of(clerk)
    whole = Store._found
    monkeypatch.setattr(Store, "_found", lambda *_: None)
    assert isinstance(clerk.answer(wire.pack_keep(number, record(made, number))), wire.Failed)
    monkeypatch.setattr(Store, "_found", whole)
    assert len(made.store.rows()) == 1
    again = record(made, number)
    assert clerk.answer(wire.pack_keep(number, again)) == wire.Kept()
    assert [row.untrusted_sealed for row in made.store.rows()] == [bytes(again)]


def test_a_gone_line_ends_it_at_once(made: Made) -> None:
    """The end of the line ends an idle clerk; nothing is left behind."""
    with clerk_at(made.place.home) as clerk:
        clerk.number()
        clerk.line.close()
        assert clerk.process.wait(10) == 0


def test_a_visit_keeps_a_summary_and_a_few_requests(made: Made) -> None:
    """S9: a sitting that was taken over fills no list: four records of one visit, and no fifth."""
    clerk = clerk_of(made)
    kept = []
    for _ in range(40):
        number = number_of(clerk)
        kept.append(clerk.answer(wire.pack_keep(number, record(made, number))))
    assert kept == [wire.Kept()] * 4 + [wire.Failed(wire.Reason.REFUSED)] * 36
    assert len(made.store.rows()) == 4
    again = clerk_of(made)
    number = number_of(again)
    assert again.answer(wire.pack_keep(number, record(made, number))) == wire.Kept()


def test_the_number_on_a_sheet_is_nobodys(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slip: of this station's classes, the same on every copy of a visit, drawn without a look, and kept nowhere."""
    clerks = [clerk_of(made) for _ in range(8)]
    for clerk in clerks:
        monkeypatch.setattr(clerk._store, "taken", never)
    drawn = [[number_in(clerk.answer(wire.pack_draw())) for _ in range(3)] for clerk in clerks]
    assert all(len(set(each)) == 1 for each in drawn) and len({each[0] for each in drawn}) > 1
    assert all(valid(each[0]) and number_class(each[0], made.key.number_key) in made.key.classes for each in drawn)
    assert made.store.rows() == [] and not made.place.ledgers.exists()


def never(number: int) -> bool:
    """Nobody looks a number up here."""
    raise AssertionError


def number_in(answer: wire.Answer) -> int:
    """The number that the clerk told."""
    assert isinstance(answer, wire.Number)
    return answer.number


def test_a_visit_has_a_few_sheets(made: Made) -> None:
    """S9: a sitting that was taken over fills no paper ledger: twelve sheets of one visit, one entry each."""
    clerk = clerk_of(made)
    answers = [clerk.answer(wire.pack_paper()) for _ in range(50)]
    assert all(isinstance(each, wire.Sheet) for each in answers[:12])
    assert answers[12:] == [wire.Failed(wire.Reason.REFUSED)] * 38
    assert len(made.ledgers.sheets()) == 12


def test_a_station_keeps_no_more_than_so_many_a_day(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """S9: one visit after the other, up to the day's ceiling; the next day begins a new count, and names no day."""
    monkeypatch.setattr("kiosk.vault.sheet_ledger.day_tag", lambda _: 5)

    def a_visit() -> wire.Answer:
        clerk = Clerk(made.key, made.store, made.ledgers, most_a_day=3)
        number = number_of(clerk)
        return clerk.answer(wire.pack_keep(number, record(made, number)))

    assert [a_visit() for _ in range(5)] == [wire.Kept()] * 3 + [wire.Failed(wire.Reason.REFUSED)] * 2
    monkeypatch.setattr("kiosk.vault.sheet_ledger.day_tag", lambda _: 6)
    assert [a_visit() for _ in range(4)] == [wire.Kept()] * 3 + [wire.Failed(wire.Reason.REFUSED)]
    with closing(sqlite3.connect(made.place.ledgers)) as ledger:
        assert ledger.execute("SELECT * FROM today").fetchall() == [(0, 6, 3)]


def test_a_counter_that_fails_keeps_nobody_from_keeping(made: Made) -> None:
    """P8: ledgers that cannot be written to are no reason to lose a summary."""
    made.place.ledgers.touch(mode=0o600)
    made.place.ledgers.write_bytes(b"no database at all" * 100)
    clerk = clerk_of(made)
    number = number_of(clerk)
    assert clerk.answer(wire.pack_keep(number, record(made, number))) == wire.Kept()


def test_a_day_is_four_bits() -> None:
    """The ledger tells of a day only that it is one of many: the tag of a year's days takes each of 16 values often."""
    from collections import Counter
    from datetime import date, timedelta

    from kiosk.vault import sheet_ledger

    class Calendar(date):
        at = date(2026, 1, 1)

        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return cls.at

    tags = Counter[int]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sheet_ledger, "date", Calendar)
        for day in range(365):
            Calendar.at = date(2026, 1, 1) + timedelta(days=day)
            tags[sheet_ledger.day_tag(bytes(32))] += 1
    assert set(tags) == set(range(16)) and min(tags.values()) > 8
