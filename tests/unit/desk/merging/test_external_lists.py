"""External lists: taken cell by cell, refused with a sentence, ranked as everybody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kiosk.desk.merging.audit import Audit, Why
from kiosk.desk.merging.external import ExternalLists, NotCarried, Terms
from kiosk.desk.merging.faults import BadRow, NoRelease, OtherProfile
from kiosk.desk.merging.looks import COLUMNS as LOOKS
from kiosk.desk.merging.looks import texts
from kiosk.desk.merging.need import Needs
from kiosk.priority.judge import FACTOR_NAMES, codes_of
from kiosk.priority.profile import HUD_GENERIC_1, load
from kiosk.priority.rank import Entry, rank
from schema.external import COLUMNS, ExternalRow, sheltered, youth_household
from schema.summary import Factors
from tests.fixtures import external
from tests.fixtures.external import made_up
from tests.fixtures.hmis import Shape, write
from tests.fixtures.merging import do, do_lists
from tests.made_up import factors


def test_lists_of_several_providers_become_one(tmp_path: Path) -> None:
    """MO-08: regions' lists combine; the key for providers has each number with its agency."""
    write(tmp_path / "hmis", Shape(rows=5))
    rows = [made_up(seed) for seed in range(6)]
    lists = [tmp_path / "north.csv", tmp_path / "south.csv"]
    external.write(lists[0], rows[:4])
    external.write(lists[1], rows[3:])
    done = do_lists(tmp_path, tmp_path / "hmis", lists)
    expected = sorted((str(row.list_number), row.contact_agency_code) for row in rows)
    assert sorted(done.external_key.values()) == expected
    assert done.audit.tallies[1].left_out == {Why.SAME_NUMBER: 1}


def test_no_row_tells_its_list(tmp_path: Path) -> None:
    """P10: list number, agency, region, tie-break and month stay out of the merged list, and cells look alike."""
    write(tmp_path / "hmis", Shape(rows=300))
    rows = [made_up(seed) for seed in range(100)]
    done = do(tmp_path, tmp_path / "hmis", rows)
    merged = (tmp_path / "list.csv").read_text()
    for row in rows:
        for cell in (str(row.list_number), row.region, row.contact_agency_code, row.tie_break, row.tool):
            assert cell not in merged
    for column in LOOKS:
        inside = {row[column] for row in done.rows if row["meeting_number"] in done.hmis_key}
        outside = {row[column] for row in done.rows if row["meeting_number"] in done.external_key}
        assert outside <= inside, column
        assert len(inside) > 1


def test_who_stands_out_is_disguised(tmp_path: Path) -> None:
    """P10: a value that only external rows have is left empty; where empty would stand out too, for everybody."""
    write(tmp_path / "hmis", Shape(rows=1, kinds=("open",), seed=4))
    row = made_up(1, household_size_band=4, veteran=1, times_band=4, youth_household=1, sheltered="n")
    done = do(tmp_path, tmp_path / "hmis", [row])
    mine, theirs = sorted(done.rows, key=lambda each: each["meeting_number"] in done.external_key)
    assert {column: mine[column] for column in LOOKS} == {column: theirs[column] for column in LOOKS}
    assert done.audit.emptied and theirs["household_size_band"] == ""
    assert any("would stand out" in line and "youth_household" in line for line in done.audit.lines())


@settings(max_examples=60)
@given(factors())
def test_the_list_that_somebody_waits_on_changes_nothing(said: Factors) -> None:
    """P9: the same answers stand at the same place, whether they come from HMIS or on an external list."""
    profile = load()
    (desk,) = rank([Entry(10_000_005, said)], profile, bytes(32))
    needs = Needs(profile)
    bits = 0
    for name, code in zip(FACTOR_NAMES, codes_of(said), strict=True):
        bits |= needs.bits(name, code)
    inside = needs.standing(bits)
    bands = dict(zip(profile.order, desk.bands, strict=True))
    row = made_up(
        household_type=said.household_type,
        household_size_band=said.household_size,
        disabling_condition=said.disabling_condition,
        times_band=said.times_homeless,
        veteran=said.veteran,
        youth_household=youth_household(said),
        sheltered=sheltered(said),
        chronic_status=bands["chronic"],
        months_band=bands["months"],
        score=desk.points,
    )
    lists = ExternalLists(needs, Terms("2026-11", frozenset({profile.fingerprint}), False))
    lists._take(row.cells(), "made up", 2, Audit().tally("made up"))
    assert inside.bands == desk.bands == lists.listed[row.list_number].standing.bands
    assert inside.shown == lists.listed[row.list_number].standing.shown
    assert texts(bits) == texts(lists.listed[row.list_number].looks)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"profile_fingerprint": "0" * 16}, OtherProfile, "another scoring profile"),
        ({"release_expires": ""}, NoRelease, "1 rows whose release is missing or has run out"),
        ({"release_expires": "2026-10"}, NoRelease, "1 rows"),
        ({"list_number": 12_345_678}, BadRow, "row 3: list_number is no visitor's number"),
    ],
)
def test_a_list_is_refused_with_a_sentence(tmp_path: Path, changes: Any, kind: type[Exception], said: str) -> None:
    """MO-05, MO-08: another fingerprint, a release that is missing or over, a number of nobody's."""
    write(tmp_path / "hmis", Shape(rows=5))
    with pytest.raises(kind, match=said):
        do(tmp_path, tmp_path / "hmis", [made_up(1), made_up(2, **changes)])
    assert not (tmp_path / "list.csv").exists()


def test_this_month_is_still_good(tmp_path: Path) -> None:
    """A release holds to the end of its last month."""
    write(tmp_path / "hmis", Shape(rows=5))
    assert do(tmp_path, tmp_path / "hmis", [made_up(1, release_expires="2026-11")]).external_key


def test_rows_without_release_can_be_left_out(tmp_path: Path) -> None:
    """Whoever says so gets the others merged, and the audit counts who was left out."""
    write(tmp_path / "hmis", Shape(rows=5))
    rows = [made_up(1), made_up(2, release_expires=""), made_up(3, prioritization_status=2)]
    done = do(tmp_path, tmp_path / "hmis", rows, leave_out_expired=True)
    assert done.audit.tallies[0].left_out == {Why.NO_RELEASE: 1, Why.NOT_PLACED: 1}
    assert [number for number, _ in done.external_key.values()] == [str(rows[0].list_number)]


def test_a_fingerprint_can_be_allowed(tmp_path: Path) -> None:
    """MO-05: another fingerprint counts only where staff have said so."""
    write(tmp_path / "hmis", Shape(rows=5))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[fingerprints]\nallow = ["00000000000000aa"]\n')
    row = made_up(1, profile_fingerprint="00000000000000aa")
    done = do(tmp_path, tmp_path / "hmis", [row], mapping=mapping)
    assert len(done.external_key) == 1
    assert {each["profile_fingerprint"] for each in done.rows} == {load().fingerprint}


def test_one_number_cannot_say_two_things(tmp_path: Path) -> None:
    """Two rows of one number that differ are refused: nobody can tell which is right."""
    write(tmp_path / "hmis", Shape(rows=5))
    row = made_up(1, score=3)
    with pytest.raises(BadRow, match="row 3: its number stands in another row"):
        do(tmp_path, tmp_path / "hmis", [row, made_up(1, score=4)])


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("cell", ["=1+1", "Jane Roe", "-1", "１", "\x1b[2J"])
def test_no_cell_holds_anything_but_its_code(tmp_path: Path, column: str, cell: str) -> None:
    """P6, P10: a name, a formula or an escape code in any column is refused by its column's name."""
    good, bad = made_up(1).cells(), list(made_up(2).cells())
    bad[COLUMNS.index(column)] = cell
    path = tmp_path / "list.csv"
    path.write_text("\n".join(",".join(row) for row in (COLUMNS, good, bad)))
    profile = load()
    lists = ExternalLists(Needs(profile), Terms("2026-11", frozenset({profile.fingerprint}), False))
    with pytest.raises(BadRow, match=f"row 3: {column} ") as told:
        lists.read(path, Audit())
    assert cell not in str(told.value)


def test_a_profile_that_lists_do_not_carry_is_refused() -> None:
    """MO-05: a key that external rows say nothing about would push them all down, so it is refused."""
    own = HUD_GENERIC_1.read_bytes().replace(b'"unsheltered"]', b'"unsheltered", "poor"]')
    own += b'\n[[keys.poor]]\nband = 1\nwhy = "no income"\nall = [{ factor = "income_band", codes = [0] }]\n'
    with pytest.raises(NotCarried, match="'poor'"):
        ExternalLists(Needs(load(own)), Terms("2026-11", frozenset(), False))
    veterans = own.replace(b'factor = "income_band", codes = [0]', b'factor = "veteran", codes = [1]')
    ExternalLists(Needs(load(veterans)), Terms("2026-11", frozenset(), False))


def test_a_made_up_row_is_a_row() -> None:
    assert isinstance(made_up(5), ExternalRow) and made_up(5) == made_up(5) != made_up(6)
