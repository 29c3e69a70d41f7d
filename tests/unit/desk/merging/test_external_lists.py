"""External lists: taken cell by cell, refused with a sentence, ranked as everybody else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kiosk.desk.merging.disguise import BOUND
from kiosk.desk.merging.external import ExternalLists, NotCarried, Terms
from kiosk.desk.merging.merge_errors import FaultyRows, NoRelease, OtherProfile
from kiosk.desk.merging.merge_tally import Audit, Why
from kiosk.desk.merging.row_cells import CELLS, of_external, of_factors
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

KEYS = ("chronic_status", "months_band", "bands")


def test_lists_of_several_providers_become_one(tmp_path: Path) -> None:
    """MO-08: regions' lists combine; the key for providers has each number with its agency."""
    write(tmp_path / "hmis", Shape(rows=25))
    rows = [made_up(seed) for seed in range(6)]
    lists = [tmp_path / "north.csv", tmp_path / "south.csv"]
    external.write(lists[0], rows[:4])
    external.write(lists[1], rows[3:])
    done = do_lists(tmp_path, tmp_path / "hmis", lists)
    expected = sorted((str(row.list_number), row.contact_agency_code) for row in rows)
    assert sorted(done.external_key.values()) == expected
    assert done.audit.tallies[2].left_out == {Why.SAME_NUMBER: 1}


def test_no_row_tells_its_list(tmp_path: Path) -> None:
    """P10: list number, agency, region, tie-break and month stay out of the merged list, and cells look alike."""
    write(tmp_path / "hmis", Shape(rows=300))
    rows = [made_up(seed) for seed in range(100)]
    done = do(tmp_path, tmp_path / "hmis", rows)
    merged = (tmp_path / "list.csv").read_text()
    for row in rows:
        for cell in (str(row.list_number), row.region, row.contact_agency_code, row.tie_break, row.tool):
            assert cell not in merged
    shown = [tuple(row[column] for column in (*KEYS, *CELLS)) for row in done.rows]
    theirs = Counter(
        look for look, row in zip(shown, done.rows, strict=True) if row["meeting_number"] in done.external_key
    )
    mine = Counter(look for look, row in zip(shown, done.rows, strict=True) if row["meeting_number"] in done.hmis_key)
    assert len(mine) > 5 and theirs.total() == 100
    for look, count in theirs.items():
        assert count / theirs.total() <= BOUND * mine[look] / mine.total(), look
    assert any("times likelier" in line for line in done.audit.lines())


def test_who_stands_out_is_disguised(tmp_path: Path) -> None:
    """P10: a value that only external rows have is left empty, for the rows of both sides alike."""
    write(tmp_path / "hmis", Shape(rows=40, kinds=("open",), seed=4))
    row = made_up(1, household_size_band=4, veteran=1, times_band=4, youth_household=1, sheltered="n")
    done = do(tmp_path, tmp_path / "hmis", [row])
    (theirs,) = (each for each in done.rows if each["meeting_number"] in done.external_key)
    alike = [each for each in done.rows if all(each[name] == theirs[name] for name in (*KEYS, *CELLS))]
    assert len(alike) > 40 / BOUND
    assert theirs["household_size_band"] == ""
    assert any("cells are empty on both sides" in line for line in done.audit.lines())


@settings(max_examples=60)
@given(factors())
def test_the_list_that_somebody_waits_on_changes_nothing(said: Factors) -> None:
    """P9: the same answers stand at the same place, whether they come from HMIS or on an external list."""
    profile = load()
    (desk,) = rank([Entry(10_000_005, said)], profile, bytes(32))
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
        months_band=bands["length"],
        score=desk.points,
    )
    lists = ExternalLists(profile, Terms("2026-11", frozenset({profile.fingerprint}), False))
    assert lists._bands(row) == desk.bands
    codes = dict(zip(FACTOR_NAMES, codes_of(said), strict=True))
    assert of_external(row) == of_factors(codes)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"profile_fingerprint": "0" * 16}, OtherProfile, "another scoring profile"),
        ({"release_expires": ""}, NoRelease, "1 rows whose release is missing or has run out"),
        ({"release_expires": "2026-10"}, NoRelease, "1 rows"),
        ({"list_number": 12_345_678}, FaultyRows, "row 3: list_number is no visitor's number"),
        ({"status": "accepted", "score": 3, "list_number": 12_345_678}, FaultyRows, "1 rows cannot be right"),
    ],
)
def test_a_list_is_refused_with_a_sentence(tmp_path: Path, changes: Any, kind: type[Exception], said: str) -> None:
    """MO-05, MO-08: another fingerprint, a release that is missing or over, a number of nobody's."""
    write(tmp_path / "hmis", Shape(rows=25))
    with pytest.raises(kind, match=said):
        do(tmp_path, tmp_path / "hmis", [made_up(1), made_up(2, **changes)])
    assert not (tmp_path / "list.csv").exists()


def test_this_month_is_still_good(tmp_path: Path) -> None:
    """A release holds to the end of its last month."""
    write(tmp_path / "hmis", Shape(rows=25))
    assert do(tmp_path, tmp_path / "hmis", [made_up(1, release_expires="2026-11")]).external_key


def test_rows_without_release_can_be_left_out(tmp_path: Path) -> None:
    """Whoever says so gets the others merged, and the audit counts who was left out."""
    write(tmp_path / "hmis", Shape(rows=25))
    rows = [made_up(1), made_up(2, release_expires=""), made_up(3, prioritization_status=2)]
    done = do(tmp_path, tmp_path / "hmis", rows, leave_out_expired=True)
    assert done.audit.tallies[1].left_out == {Why.NO_RELEASE: 1, Why.NOT_PLACED: 1}
    assert [number for number, _ in done.external_key.values()] == [str(rows[0].list_number)]


def test_a_fingerprint_can_be_allowed(tmp_path: Path) -> None:
    """MO-05: another fingerprint counts only where staff have said so."""
    write(tmp_path / "hmis", Shape(rows=25))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[fingerprints]\nallow = ["00000000000000aa"]\n')
    row = made_up(1, profile_fingerprint="00000000000000aa")
    done = do(tmp_path, tmp_path / "hmis", [row], mapping=mapping)
    assert len(done.external_key) == 1
    assert {each["profile_fingerprint"] for each in done.rows} == {load().fingerprint}


def test_one_number_cannot_say_two_things(tmp_path: Path) -> None:
    """Two rows of one number that differ are refused: nobody can tell which is right."""
    write(tmp_path / "hmis", Shape(rows=25))
    row = made_up(1, score=3)
    with pytest.raises(FaultyRows, match="row 3: its number stands in another row of this agency"):
        do(tmp_path, tmp_path / "hmis", [row, made_up(1, score=4, contact_agency_code=row.contact_agency_code)])


def test_two_providers_may_draw_one_number(tmp_path: Path) -> None:
    """A row is known by agency and number: equal numbers of two providers are two people, each in her agency's key."""
    write(tmp_path / "hmis", Shape(rows=25))
    here, there = made_up(1, contact_agency_code="north", score=3), made_up(1, contact_agency_code="south", score=4)
    assert here.list_number == there.list_number
    done = do(tmp_path, tmp_path / "hmis", [here, there])
    number = str(here.list_number)
    assert sorted(done.external_key.values()) == [(number, "north"), (number, "south")]
    assert {path.name for path in tmp_path.glob("external-key*")} == {
        "external-key.north.csv",
        "external-key.south.csv",
    }
    assert "south" not in (tmp_path / "external-key.north.csv").read_text()


def test_faulty_rows_can_be_left_out(tmp_path: Path) -> None:
    """All faulty rows are named at once, and whoever says so gets the others merged."""
    write(tmp_path / "hmis", Shape(rows=25))
    rows = [made_up(1), made_up(2, list_number=12_345_678), made_up(3, list_number=12_345_678)]
    with pytest.raises(FaultyRows, match=r"2 rows cannot be right.*row 3.*row 4"):
        do(tmp_path, tmp_path / "hmis", rows)
    done = do(tmp_path, tmp_path / "hmis", rows, leave_out_faulty=True)
    assert [number for number, _ in done.external_key.values()] == [str(rows[0].list_number)]
    assert done.audit.tallies[1].left_out == {Why.FAULTY: 2}


def test_lists_of_the_first_header_are_read(tmp_path: Path) -> None:
    """A list without the column `status` is one from before there was a status; with it, it is read as well."""
    write(tmp_path / "hmis", Shape(rows=25))
    lists = tmp_path / "old.csv"
    external.write(lists, [made_up(1)])
    text = lists.read_text().splitlines()
    assert text[0].endswith(",status")
    lists.write_text("\n".join(line.rpartition(",")[0] for line in text) + "\n")
    assert len(do_lists(tmp_path, tmp_path / "hmis", [lists]).external_key) == 1


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("cell", ["=1+1", "Jane Roe", "-1", "１", "\x1b[2J"])
def test_no_cell_holds_anything_but_its_code(tmp_path: Path, column: str, cell: str) -> None:
    """P6, P10: a name, a formula or an escape code in any column is refused by its column's name."""
    good, bad = made_up(1).cells(), list(made_up(2).cells())
    bad[COLUMNS.index(column)] = cell
    path = tmp_path / "list.csv"
    path.write_text("\n".join(",".join(row) for row in (COLUMNS, good, bad)))
    profile = load()
    lists = ExternalLists(profile, Terms("2026-11", frozenset({profile.fingerprint}), False))
    with pytest.raises(FaultyRows, match=f"row 3: {column} ") as told:
        lists.read(path, Audit())
    assert cell not in str(told.value)


def test_a_profile_that_lists_do_not_carry_is_refused() -> None:
    """MO-05: a key that external rows say nothing about would push them all down, so it is refused."""
    own = HUD_GENERIC_1.read_bytes().replace(b'"unsheltered"]', b'"unsheltered", "poor"]')
    own += b'\n[[keys.poor]]\nband = 1\nwhy = "no income"\nall = [{ factor = "income_band", codes = [0] }]\n'
    with pytest.raises(NotCarried, match="'poor'"):
        ExternalLists(load(own), Terms("2026-11", frozenset(), False))
    veterans = own.replace(b'factor = "income_band", codes = [0]', b'factor = "veteran", codes = [1]')
    ExternalLists(load(veterans), Terms("2026-11", frozenset(), False))


def test_a_made_up_row_is_a_row() -> None:
    assert isinstance(made_up(5), ExternalRow) and made_up(5) == made_up(5) != made_up(6)


def test_a_veteran_who_is_not_known_is_blank_on_both_sides(tmp_path: Path) -> None:
    """P10: HMIS and an external list write the same cell for the same answer, and neither writes a code for a blank."""
    write(tmp_path / "hmis", Shape(rows=300))
    done = do(tmp_path, tmp_path / "hmis")
    assert {row["veteran"] for row in done.rows} == {"", "0", "1"}
