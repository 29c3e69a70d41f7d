"""Flat lists: three real shapes by their mapping files, and what a mapping may not do."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kiosk.desk.merging.mapping import BadMapping, load
from kiosk.desk.merging.merge_errors import BadFile, FaultyRows, NoMapping, OtherProfile
from kiosk.desk.merging.merge_tally import Why
from kiosk.priority.profile import HUD_GENERIC_1
from kiosk.priority.profile import load as load_profile
from tests.fixtures.merging import Done, do

MAPPINGS = Path(__file__).parents[4] / "docs" / "mappings"
CANARY = "Zyxwvut"

OHIO = next(
    csv.reader(
        [
            "HoH Unique ID,Project Name,Entry Date,County,Current Situation,Expected Move-in,Veteran,Fleeing DV,"
            "Transition Aged Youth,Chronic Status,Approximate Date Homelessness Started,Times Homeless Last 3 Years,"
            "Months Homeless Last 3 Years,Eligible for PSH (Disability in Household),Household Size,Income,Score,"
            "Assessment,HousingStatus,HH_DQ_Issue,CountyGuessed"
        ]
    )
)
ALLEGHENY = next(
    csv.reader(
        [
            "ID,PersonalID,ProjectID,ProjectName,UnitGroupID,UnitGroupName,CreatedAt,UpdatedAt,PriorityScore1,PriorityScore2,"
            "PriorityScore3"
        ]
    )
)
BOSTON = [
    "Shelter Location",
    "Disabled Per HUD Language",
    "Home-base ID",
    "Substance Use Disability",
    "Mental Health Disability",
    "Occurrences of Homelessness in Last Three Years",
    "Cumulative days Homeless",
    "Family of at least one Adult and one child",
    "Age greater than 60 years of age",
    "Age less than 24 years of age",
    "Permanent Supportive Housing Eligible",
    "Currently first time pregnant 28 weeks or less",
    "Veteran Status",
    "HOPWA Eligible",
    "Prioritized for Health",
]


def a_list(path: Path, columns: list[str], rows: list[dict[str, str]]) -> Path:
    """Write a flat list whose other cells hold a canary."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval=CANARY)
        writer.writeheader()
        writer.writerows(rows)
    return path


def ohio(person: str, **cells: str) -> dict[str, str]:
    return {
        "HoH Unique ID": person,
        "Current Situation": "Unsheltered",
        "Expected Move-in": "",
        "Veteran": "No",
        "Transition Aged Youth": "No",
        "Times Homeless Last 3 Years": "4",
        "Months Homeless Last 3 Years": "12",
        "Eligible for PSH (Disability in Household)": "Yes",
        "Household Size": "1",
        "HousingStatus": "Homeless",
        **cells,
    }


def by_person(done: Done) -> dict[str, dict[str, str]]:
    return {done.hmis_key[row["meeting_number"]]: row for row in done.rows if row["meeting_number"] in done.hmis_key}


def filler(count: int = 14) -> list[dict[str, str]]:
    """Households that make a list long enough to be one."""
    return [ohio(f"F{number:02d}", **{"Months Homeless Last 3 Years": "1"}) for number in range(count)]


def test_a_list_from_ohio(tmp_path: Path) -> None:
    """MO-08: codes come through the mapping; who is housed is left out; DV, county and project are never read."""
    rows = [
        ohio("H1"),
        ohio("H2", **{"Expected Move-in": "2026-12-01"}),
        ohio("H3", HousingStatus="housed"),
        ohio("H4", **{"Current Situation": "Emergency Shelter", "Months Homeless Last 3 Years": "2", "Veteran": "YES"}),
        ohio("", Veteran="Yes"),
        ohio("H5", **{"Household Size": "7", "Veteran": "perhaps", "Transition Aged Youth": "Yes"}),
        *filler(),
    ]
    path = a_list(tmp_path / "ohio.csv", OHIO, rows)
    done = do(tmp_path, path, mapping=MAPPINGS / "ohio.toml")
    found = by_person(done)
    assert set(list(found)[:2]) == {"H1", "H5"} and "H2" not in found and "H3" not in found
    assert found["H1"]["bands"].startswith("chronic=2 length=3") and found["H1"]["sheltered"] == "n"
    assert (found["H4"]["veteran"], found["H4"]["sheltered"], found["H4"]["months_band"]) == ("1", "y", "0")
    assert (found["H5"]["household_size_band"], found["H5"]["youth_household"], found["H5"]["veteran"]) == (
        "5",
        "1",
        "",
    )
    (tally,) = (each for each in done.audit.tallies if each.source == "List ohio.csv")
    assert tally.read == 6 + 14 and tally.left_out == {Why.BY_MAPPING: 2, Why.NO_ID: 1}
    assert any("'Veteran': 'perhaps'" in note and "1 cells" in note for note in tally.notes)
    assert CANARY in path.read_text() and CANARY not in done.written


def test_ohio_s_own_words_are_known(tmp_path: Path) -> None:
    """Values that the public sample holds (`Four or more`, `More than 12`, `Hotel/Motel`) mean what they say."""
    words = {"Times Homeless Last 3 Years": "Four or more", "Months Homeless Last 3 Years": "More than 12"}
    rows = [ohio("H1", **words), ohio("H2", **{"Current Situation": "Hotel/Motel"}), *filler()]
    done = do(tmp_path, a_list(tmp_path / "ohio.csv", OHIO, rows), mapping=MAPPINGS / "ohio.toml")
    assert by_person(done)["H1"]["bands"].startswith("chronic=2 length=3")
    assert not any("means nothing" in note for tally in done.audit.tallies for note in tally.notes)


@pytest.mark.parametrize("kind", ["titles", "wrapped", "totals", "sep", "semicolons", "tabs", "xlsx"])
def test_a_list_as_a_spreadsheet_leaves_it(tmp_path: Path, kind: str) -> None:
    """Title lines, wrapped headers, totals, `sep=`, semicolons, tabs, a workbook: the same households come out."""
    rows = [ohio("H1"), *filler()]
    plain = a_list(tmp_path / "plain.csv", OHIO, rows)
    (tmp_path / "first").mkdir()
    expected = by_person(do(tmp_path / "first", plain, mapping=MAPPINGS / "ohio.toml"))
    lines = list(csv.reader(plain.open(newline="")))
    path, separator = tmp_path / "odd.csv", {"semicolons": ";", "tabs": "\t", "sep": ";"}.get(kind, ",")
    if kind == "wrapped":
        lines[0] = [cell.replace(" ", "\n") for cell in lines[0]]
    if kind == "titles":
        lines = [["By-name list"], ["as of June"], [], *lines]
    if kind == "totals":
        lines += [["", *[""] * (len(OHIO) - 1)], ["Total: 15", *[""] * (len(OHIO) - 1)]]
    if kind == "xlsx":
        path = tmp_path / "odd.xlsx"
        book = Workbook()
        for line in (["By-name list"], *lines):
            book.active.append(line)
        book.save(path)
    else:
        with path.open("w", newline="") as file:
            file.write("sep=;\n" if kind == "sep" else "")
            csv.writer(file, delimiter=separator).writerows(lines)
    found = by_person(do(tmp_path, path, mapping=MAPPINGS / "ohio.toml"))
    assert set(found) == set(expected)
    assert {person: row["bands"] for person, row in found.items()} == {
        person: row["bands"] for person, row in expected.items()
    }


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"7z\xbc\xaf\x27\x1c", "7z archive"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07", "RAR archive"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"<html><table>", "web page"),
        (b"PK\x03\x04 nothing of the kind", "zip|workbook"),
    ],
)
def test_a_wrong_kind_of_file_is_named(tmp_path: Path, start: bytes, said: str) -> None:
    """What is no list is told for what it is, with what to do."""
    path = tmp_path / "list.csv"
    path.write_bytes(start + b" " * 64)
    with pytest.raises(BadFile, match=said):
        do(tmp_path, path, mapping=MAPPINGS / "ohio.toml")


def test_a_list_from_boston(tmp_path: Path) -> None:
    """Days become months, families become a household type; diagnoses are never read."""
    rows = [
        {"Home-base ID": "B1", "Cumulative days Homeless": "400", "Disabled Per HUD Language": "Yes",
         "Occurrences of Homelessness in Last Three Years": "6", "Veteran Status": "Yes",
         "Family of at least one Adult and one child": "Yes", "Age less than 24 years of age": "No"},
        {"Home-base ID": "B2", "Cumulative days Homeless": "95", "Disabled Per HUD Language": "No",
         "Occurrences of Homelessness in Last Three Years": "1", "Veteran Status": "No",
         "Family of at least one Adult and one child": "No", "Age less than 24 years of age": "Yes"},
    ]  # fmt: skip
    rows += [rows[1] | {"Home-base ID": f"F{number}", "Veteran Status": "Y"} for number in range(12)]
    done = do(tmp_path, a_list(tmp_path / "boston.csv", BOSTON, rows), mapping=MAPPINGS / "boston.toml")
    found = by_person(done)
    first, second = found["B1"], found["B2"]
    assert first["bands"].startswith("chronic=0 length=3") and first["with_children"] == "1"
    assert second["bands"].startswith("chronic=0 length=1") and second["youth_household"] == "1"
    assert found["F1"]["veteran"] == "1"
    assert CANARY not in done.written


def with_profile(tmp_path: Path, fingerprint: str) -> Path:
    mapping = tmp_path / "mapping.toml"
    text = (MAPPINGS / "allegheny.toml").read_text()
    assert 'profile = ""' in text
    mapping.write_text(text.replace('profile = ""', f'profile = "{fingerprint}"'))
    return mapping


def test_a_list_from_allegheny(tmp_path: Path) -> None:
    """The score that was made under this profile counts; of somebody's rows the one of the greatest need stays."""
    profile = load_profile(HUD_GENERIC_1)
    scores = [("A1", "3"), ("A2", "9"), ("A1", "12"), ("A3", ""), *((f"F{number}", "") for number in range(12))]
    rows = [{"PersonalID": person, "PriorityScore1": score} for person, score in scores]
    path = a_list(tmp_path / "allegheny.csv", ALLEGHENY, rows)
    done = do(tmp_path, path, mapping=with_profile(tmp_path, profile.fingerprint), profile=profile)
    found = by_person(done)
    assert [found[person]["score"] for person in ("A1", "A2", "A3")] == ["12 to 14", "9 to 11", "0 to 2"]
    assert list(found)[:2] == ["A1", "A2"]
    (tally,) = (each for each in done.audit.tallies if each.source == "List allegheny.csv")
    assert tally.left_out == {Why.AGAIN: 1}


@pytest.mark.parametrize(
    ("fingerprint", "kind", "said"),
    [("", NoMapping, "says no profile of it"), ("00000000000000aa", OtherProfile, "another scoring profile")],
)
def test_a_score_of_another_profile_is_refused(tmp_path: Path, fingerprint: str, kind: Any, said: str) -> None:
    """MO-05: a score that nobody maps, or of another profile, is never ranked with this one's."""
    path = a_list(tmp_path / "allegheny.csv", ALLEGHENY, [{"PersonalID": "A1", "PriorityScore1": "3"}])
    with pytest.raises(kind, match=said):
        do(tmp_path, path, mapping=with_profile(tmp_path, fingerprint))


def test_a_score_that_is_no_number_is_refused_by_its_row(tmp_path: Path) -> None:
    """A score is a whole number, or the whole list is refused."""
    rows = [{"PersonalID": "A1", "PriorityScore1": "3"}, {"PersonalID": "A2", "PriorityScore1": "high"}]
    path = a_list(tmp_path / "allegheny.csv", ALLEGHENY, rows)
    profile = load_profile(HUD_GENERIC_1)
    with pytest.raises(FaultyRows, match=r"allegheny\.csv, row 3: its score is no whole number"):
        do(tmp_path, path, mapping=with_profile(tmp_path, profile.fingerprint), profile=profile)


def test_without_a_mapping_a_list_is_refused(tmp_path: Path) -> None:
    """Nobody guesses what a column means."""
    path = a_list(tmp_path / "ohio.csv", OHIO, [ohio("H1")])
    with pytest.raises(NoMapping, match="nothing says what its columns mean"):
        do(tmp_path, path)
    a_list(path, OHIO[:-12], [{"HoH Unique ID": "H1"}])
    with pytest.raises(BadFile, match="lacks the column"):
        do(tmp_path, path, mapping=MAPPINGS / "ohio.toml")


@pytest.mark.parametrize(
    "text",
    [
        "[list]\n",
        "[list]\nid = 3\n",
        '[lists]\nid = "ID"\n',
        '[list]\nid = "ID"\n[list.factors.shoe]\ncolumn = "Shoe"\n',
        '[list]\nid = "ID"\n[list.factors.veteran]\ncolumn = "Vet"\ncodes = { Yes = 5 }\n',
        '[list]\nid = "ID"\n[list.factors.veteran]\ncolumn = "Vet"\ncodes = { Yes = true }\n',
        '[list]\nid = "ID"\n[list.bands.shoe]\ncolumn = "Shoe"\n',
        '[list]\nid = "ID"\n[list.bands.chronic]\ncolumn = "C"\ncodes = { Yes = -1 }\n',
        "[scores]\nuse = 5\n",
        "no toml",
        "x = 1\n" * 100_000,
    ],
)
def test_a_mapping_with_a_fault_is_refused(tmp_path: Path, text: str) -> None:
    """A mapping file is right in every part, or is not used."""
    (tmp_path / "mapping.toml").write_text(text)
    with pytest.raises(BadMapping):
        load(tmp_path / "mapping.toml", load_profile())


def test_the_mappings_of_the_book_can_be_used() -> None:
    """docs/mappings are right."""
    assert len(list(MAPPINGS.glob("*.toml"))) == 3
    for path in MAPPINGS.glob("*.toml"):
        assert load(path, load_profile()).flat
