from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.desk.open_desk import OpenDesk
from kiosk.desk.records.listing import list_records, open_list
from kiosk.desk.records.retention import NotARetention, Retention
from kiosk.seal.phrase import phrase_check
from schema.later import Change, Withdrawal
from tests.file_order import order_tells
from tests.killing import steps
from tests.made_up import PHRASE, SEEDS, Made, a_summary, made_at, remove_taken_back


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def asks(made: Made, target: int, phrase: str = PHRASE) -> int:
    """A visitor's later withdrawal, as the kiosk keeps it."""
    return made.keep(Withdrawal(target, phrase_check(target, phrase), 1))


def changes(made: Made, target: int, phrase: str = PHRASE, **summary: object) -> int:
    return made.keep(Change(target, phrase_check(target, phrase), a_summary(target, **summary)))


def left(made: Made) -> set[int]:
    return {row.number for row in made.store.rows()}


def slices(made: Made, numbers: set[int]) -> set[bytes]:
    """Every run of 16 bytes of the sealed records and their MACs; only the head is the same in all."""
    runs = set()
    for row in made.store.rows():
        if row.number in numbers:
            for data in (row.untrusted_sealed, row.untrusted_mac):
                runs |= {data[at : at + 16] for at in range(len(data) - 15)}
    return runs - {run for row in made.store.rows() for run in (row.untrusted_sealed[:16], row.untrusted_sealed[8:24])}


def found(made: Made, runs: set[bytes]) -> set[bytes]:
    """Those of the runs that stand anywhere in any file of the data folder."""
    seen: set[bytes] = set()
    for path in made.place.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            seen |= runs & {data[at : at + 16] for at in range(len(data) - 15)}
    return seen


def shared(made: Made, runs: set[bytes]) -> set[bytes]:
    """Runs that other records have too: the head, and the key id behind it."""
    rest = [row.untrusted_sealed for row in made.store.rows()]
    return {run for run in runs if any(run in each for each in rest)}


def test_a_visitors_withdrawal_leaves_not_a_byte(made: Made) -> None:
    """Removal: number and phrase fit: record, changes and requests go; no 16 bytes of them are in any file that had
    them before; the others stay; no draw gives the numbers again.
    """
    others = {made.keep() for _ in range(6)}
    target = made.keep()
    gone = {target, changes(made, target), changes(made, target, "wrong words"), asks(made, target)}
    runs = slices(made, gone)
    assert len(runs) > 2000 and found(made, runs) == runs
    assert remove_taken_back(made) == 4
    assert left(made) == others and list_records(made.place, SEEDS).apart == ()
    assert found(made, runs) <= shared(made, runs) and len(shared(made, runs)) < 40
    assert all(made.store.taken(number) for number in gone) and not order_tells(made.place.summaries)


def test_wrong_words_and_unknown_numbers_remove_nothing(made: Made) -> None:
    """Removal: a phrase that does not fit, and a number that is not there, stay apart, unresolved; nothing goes."""
    target = made.keep()
    requests = {asks(made, target, "other words here"), asks(made, made.number())}
    assert remove_taken_back(made) == 0
    assert left(made) == {target, *requests}
    assert {each.number for each in list_records(made.place, SEEDS).apart} == requests


def test_a_request_about_what_is_gone_already_goes_too(made: Made) -> None:
    """Removal: a second withdrawal, or one that comes by a later stick, has nothing left to ask for."""
    target = made.keep()
    made.remove(target)
    asks(made, target)
    assert remove_taken_back(made) == 1 and left(made) == set()


async def test_desk_and_command_line_remove_the_same(made: Made) -> None:
    """Removal: opening the desk drops what a command drops: a request about what is gone already, and no other."""
    target, stays = made.keep(), made.keep()
    made.remove(target)
    gone = asks(made, target)
    waiting = asks(made, made.number())
    desk = OpenDesk(made.place, SEEDS, {})
    taken_back = open_list(made.records, made.region, SEEDS).taken_back
    await desk.fill()
    assert desk.problem == "" and desk.live_list.taken_back == taken_back == {gone}
    assert left(made) == {stays, waiting}


def test_staff_remove_a_record_with_its_requests(made: Made) -> None:
    """`kiosk withdraw NUMBER`: the record and every request about it, with fitting words or not."""
    target, other = made.keep(), made.keep()
    mine = {target, changes(made, target), asks(made, target, "not these words")}
    asks(made, other, "not these either")
    assert open_list(made.records, made.region, SEEDS).with_requests(target) == mine


def test_purging_goes_by_the_month_inside(made: Made) -> None:
    """`kiosk purge`: by the month of what stands: a change of this year keeps an old record; a lost one goes alone."""
    old, kept, changed = (made.number() for _ in range(3))
    made.keep(a_summary(old, month="2024-03"), old)
    made.keep(a_summary(kept, month="2024-04"), kept)
    made.keep(a_summary(changed, month="2024-03"), changed)
    newer = changes(made, changed, month="2026-01")
    lost = changes(made, made.number(), month="2023-01")
    live_list = open_list(made.records, made.region, SEEDS)
    assert live_list.outdated(lambda each: each.month < "2024-04") == {old, lost}
    assert live_list.outdated(lambda each: each.month < "2024-05") == {old, kept, lost}
    assert live_list.outdated(lambda each: each.month < "2026-02") == {old, kept, changed, newer, lost}
    assert live_list.outdated(lambda each: each.month < "2023-01") == set()


def table(made: Made, text: str) -> None:
    made.place.retention_toml.touch(mode=0o600)
    made.place.retention_toml.write_text(text)


def test_each_status_has_its_own_months(made: Made) -> None:
    """Retention: a running release, one that ended, and none are kept for as long as the table says each."""
    table(made, 'format = 1\n[months]\nreleased = 12\nlapsed = 2\nunreleased = "keep"\n')
    retention = Retention.read(made.place)
    runs, lapsed, never = (made.number() for _ in range(3))
    made.keep(a_summary(runs, month="2025-01", release_expires="2030-01"), runs)
    made.keep(a_summary(lapsed, month="2025-01", release_expires="2025-06"), lapsed)
    made.keep(a_summary(never, month="2020-01", release=False, release_expires=None), never)
    live_list = open_list(made.records, made.region, SEEDS)
    assert live_list.outdated(lambda each: retention.due(each, "2025-08")) == set()
    assert live_list.outdated(lambda each: retention.due(each, "2025-09")) == {lapsed}
    assert live_list.outdated(lambda each: retention.due(each, "2026-01")) == {lapsed}
    assert live_list.outdated(lambda each: retention.due(each, "2026-02")) == {lapsed, runs}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = 2\n[months]\nreleased = 1\nlapsed = 1\nunreleased = 1\n",
        "format = 1\n[months]\nreleased = 1\nlapsed = 1\n",
        "format = 1\n[months]\nreleased = 1\nlapsed = 1\nunreleased = -1\n",
        "format = 1\n[months]\nreleased = 1\nlapsed = 1\nunreleased = true\n",
        "format = 1\n[months]\nreleased = 1.5\nlapsed = 1\nunreleased = 1\n",
        'format = 1\n[months]\nreleased = "never"\nlapsed = 1\nunreleased = 1\n',
        "format = 1\n[months]\nreleased = 1\nlapsed = 1\nunreleased = 1\nother = 1\n",
        "format = 1\nmonths = 3\n",
    ],
)
def test_a_table_that_is_half_understood_removes_nothing(made: Made, text: str) -> None:
    """Retention: anything but the three statuses with whole months is refused: nothing is removed by a guess."""
    table(made, text)
    with pytest.raises(NotARetention):
        Retention.read(made.place)


def test_killed_before_any_step_of_a_removal(made: Made, tmp_path: Path) -> None:
    """Removal: kill -9 at every step leaves all of the records or none; run again, none, and not a byte of them."""
    gone, stays = {made.keep() for _ in range(4)}, {made.keep() for _ in range(3)}
    runs, whole = slices(made, gone), tmp_path / "whole"
    shutil.copytree(made.place.home, whole)

    def prepare() -> None:
        shutil.rmtree(made.place.home)
        shutil.copytree(whole, made.place.home)

    seen = set()
    for _ in steps(lambda: made.records.remove(sorted(gone)), prepare):
        now = left(made)
        assert now in (gone | stays, stays)
        seen.add(len(now))
        if now == stays:  # killed between the removal and the rebuild, too
            assert found(made, runs) <= shared(made, runs)
        made.records.remove(sorted(gone))
        assert left(made) == stays and found(made, runs) <= shared(made, runs)
    assert seen == {3, 7}
