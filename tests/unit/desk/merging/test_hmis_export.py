"""An HMIS export of either fiscal year becomes numbered rows, and every row of it is accounted for."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from kiosk.desk.merging.audit import Why
from kiosk.desk.merging.faults import BadFile, BadRow, NoMapping
from kiosk.desk.merging.mapping import BadMapping
from kiosk.vault.numbers import DIGITS, damm
from schema.merged import COLUMNS
from tests.fixtures.external import made_up
from tests.fixtures.hmis import CANARY, FAULTS, SCORE, SSN, Shape, write
from tests.fixtures.merging import do

LEFT_OUT = {
    "deleted": Why.DELETED,
    "victim services": Why.VICTIM_SERVICES,
    "not head": Why.NOT_HEAD,
    "exited": Why.EXITED,
    "moved in": Why.MOVED_IN,
    "again": Why.EARLIER,
}


def band(score: str) -> str:
    """A score as the list shows it, in bands of three points."""
    low = int(score) // 3 * 3
    return f"{low} to {low + 2}"


def replace(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize("faults", [(), FAULTS[:1], FAULTS[1:4], FAULTS[4:5], FAULTS[5:6]])
def test_every_enrollment_is_listed_or_counted(tmp_path: Path, year: int, faults: tuple[str, ...]) -> None:
    """P10: marks, CR LF, columns of any order and case, quotes, Latin-1: nobody is lost, each has a number."""
    made = write(tmp_path / "hmis", Shape(rows=400, year=year, seed=year, faults=frozenset(faults)))
    done = do(tmp_path, tmp_path / "hmis", [made_up(1), made_up(2)])
    inside = done.audit.tallies[1]
    assert inside.read == 400
    assert {kind: inside.left_out[why] for kind, why in LEFT_OUT.items()} == {
        kind: made.kinds[kind] for kind in LEFT_OUT
    }
    assert sorted(done.hmis_key.values()) == sorted(made.open_persons)
    assert len(done.rows) == len(made.open_persons) + 2 == done.audit.listed
    assert [int(row["rank"]) for row in done.rows] == list(range(1, len(done.rows) + 1))
    assert tuple(done.rows[0]) == COLUMNS
    numbers = [row["meeting_number"] for row in done.rows]
    assert len(set(numbers)) == len(numbers)
    assert {*done.hmis_key, *done.external_key} == set(numbers)
    assert all(damm(number) == 0 and len(number) != DIGITS for number in numbers)


def test_the_order_is_that_of_need(tmp_path: Path) -> None:
    """MO-05, MO-08: bands never rise from one rank to the next, whichever list a row came from."""
    write(tmp_path / "hmis", Shape(rows=300))
    done = do(tmp_path, tmp_path / "hmis", map(made_up, range(40)))
    bands = [[int(each.partition("=")[2]) for each in row["bands"].split()] for row in done.rows]
    assert bands == sorted(bands, reverse=True)
    assert len({tuple(each) for each in bands}) > 10
    ours = [place for place, row in enumerate(done.rows) if row["meeting_number"] in done.external_key]
    assert len(ours) == 40
    assert max(ours) - min(ours) > 100


def test_a_run_says_the_same_again(tmp_path: Path) -> None:
    """Chance is drawn once: a second run of the same lists keeps everybody's place, under fresh numbers."""
    write(tmp_path / "hmis", Shape(rows=100))
    (tmp_path / "again").mkdir()
    first = do(tmp_path, tmp_path / "hmis", [made_up(1)])
    second = do(tmp_path / "again", tmp_path / "hmis", [made_up(1)])
    assert list(first.hmis_key.values()) == list(second.hmis_key.values())
    assert list(first.hmis_key) != list(second.hmis_key)


def test_a_secret_draws_equal_places_anew(tmp_path: Path) -> None:
    """P10: with a secret, whoever knows all of HMIS cannot work out which rows are not from there by their order."""
    write(tmp_path / "hmis", Shape(rows=100))
    done = []
    for name in ("bare", "secret", "kept"):
        (tmp_path / name).mkdir()
        ties = None if name == "bare" else tmp_path / "ties"
        done.append(list(do(tmp_path / name, tmp_path / "hmis", ties=ties).hmis_key.values()))
    assert done[0] != done[1] == done[2]
    assert (tmp_path / "ties").stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_person_is_written(tmp_path: Path) -> None:
    """MO-12: names, SSN and dates of birth are in the export, and in nothing that comes of it."""
    made = write(tmp_path / "hmis", Shape(rows=100))
    clients = (tmp_path / "hmis" / "Client.csv").read_text()
    assert CANARY in clients and SSN in clients
    born = {line.split(",")[8] for line in clients.splitlines()[1:]} - {""}
    done = do(tmp_path, tmp_path / "hmis", [made_up(1)])
    everything = done.written + (tmp_path / "hmis-key.csv").read_text()
    assert made.open_persons[0] in everything
    for never in (CANARY, SSN, *born):
        assert never not in everything
    assert not any(person in done.written for person in made.open_persons)


def test_what_must_not_be_read_is_not_opened(tmp_path: Path) -> None:
    """MO-12: HealthAndDV.csv may be a pipe that nobody fills, or damaged in a zip, and nothing notices."""
    write(tmp_path / "hmis", Shape(rows=20))
    health = tmp_path / "hmis" / "HealthAndDV.csv"
    zipped = tmp_path / "hmis.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((tmp_path / "hmis").iterdir()):
            archive.write(file, f"export/{file.name}")
        about = archive.getinfo("export/HealthAndDV.csv")
    raw = bytearray(zipped.read_bytes())
    raw[about.header_offset + 60] ^= 0xFF
    zipped.write_bytes(raw)
    with zipfile.ZipFile(zipped) as archive, pytest.raises(Exception, match=r"CRC|invalid|incorrect|error"):
        archive.read("export/HealthAndDV.csv")
    health.unlink()
    os.mkfifo(health)
    listed = do(tmp_path, tmp_path / "hmis").audit.listed
    (tmp_path / "zip").mkdir()
    assert do(tmp_path / "zip", zipped).audit.listed == listed


def test_a_victim_service_provider_in_hmis_is_a_breach(tmp_path: Path) -> None:
    """MO-10: its enrollments are reported with the organization, and are not on the list."""
    made = write(tmp_path / "hmis", Shape(rows=60, kinds=("open", "victim services"), seed=3))
    assert made.kinds["victim services"]
    done = do(tmp_path, tmp_path / "hmis")
    assert len(done.rows) == made.kinds["open"]
    (breach,) = done.audit.breaches
    assert breach.startswith(f"{made.kinds['victim services']} enrollments") and "O19" in breach
    assert any(line.startswith("Breach: ") for line in done.audit.lines())


@pytest.mark.parametrize("mark", ["", " ", "99", "8", "2", "00", "0x", "no", "-0", "true"])
def test_a_provider_mark_that_is_no_plain_0_is_a_breach(tmp_path: Path, mark: str) -> None:
    """MO-10 fails closed: unless the mark says 0, the organization's people are left out, and it is named."""
    made = write(tmp_path / "hmis", Shape(rows=60, kinds=("open", "victim services"), seed=3))
    _mark(tmp_path / "hmis", "O19", mark)
    done = do(tmp_path, tmp_path / "hmis")
    assert len(done.rows) == made.kinds["open"]
    (breach,) = done.audit.breaches
    assert breach.startswith(f"{made.kinds['victim services']} enrollments") and "O19" in breach


@pytest.mark.parametrize("mark", ["0", " 0 ", '"0"', "0.0"])
def test_a_plain_0_is_no_victim_service_provider(tmp_path: Path, mark: str) -> None:
    """The same export with a plain 0, however a vendor writes it: everybody is listed, and no breach is told."""
    made = write(tmp_path / "hmis", Shape(rows=60, kinds=("open", "victim services"), seed=3))
    _mark(tmp_path / "hmis", "O19", mark)
    done = do(tmp_path, tmp_path / "hmis")
    assert len(done.rows) == made.kinds["open"] + made.kinds["victim services"]
    assert not done.audit.breaches


@pytest.mark.parametrize("marks", [("0", "1"), ("1", "0"), ("0", ""), ("", "0")])
def test_of_two_marks_the_one_that_is_no_0_counts(tmp_path: Path, marks: tuple[str, str]) -> None:
    """An organization that stands twice is what its more careful row says, in either order."""
    made = write(tmp_path / "hmis", Shape(rows=60, kinds=("open", "victim services"), seed=3))
    organizations = tmp_path / "hmis" / "Organization.csv"
    _mark(tmp_path / "hmis", "O19", marks[0])
    *_, last = organizations.read_text().splitlines()
    organizations.write_text(organizations.read_text() + last.replace(f",{marks[0]},", f",{marks[1]},", 1) + "\n")
    done = do(tmp_path, tmp_path / "hmis")
    assert len(done.rows) == made.kinds["open"]
    assert "O19" in done.audit.breaches[0]


def _mark(export: Path, organization: str, mark: str) -> None:
    """Give an organization of a made-up export another VictimServiceProvider."""
    file = export / "Organization.csv"
    header, *rows = file.read_text().splitlines()
    at = header.split(",").index("VictimServiceProvider")
    cells = [row.split(",") for row in rows]
    for row in cells:
        if row[0] == organization:
            row[at] = mark
    file.write_text("\n".join([header, *map(",".join, cells)]) + "\n")


def test_an_assessed_score_needs_a_decision(tmp_path: Path) -> None:
    """MO-05: a score under a local name is refused until somebody says what it is; then it counts."""
    write(tmp_path / "hmis", Shape(rows=40, scored=True))
    with pytest.raises(NoMapping, match=SCORE):
        do(tmp_path, tmp_path / "hmis")
    assert not (tmp_path / "list.csv").exists()
    results = (tmp_path / "hmis" / "AssessmentResults.csv").read_text().splitlines()[1:]
    assessed = {line.split(",")[3]: line.split(",")[5] for line in results}
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(f'[scores]\nuse = ["{SCORE}"]\n')
    done = do(tmp_path, tmp_path / "hmis", mapping=mapping)
    scores = {done.hmis_key[row["meeting_number"]]: row["score"] for row in done.rows}
    assert scores == {person: band(score) for person, score in assessed.items()}
    (tmp_path / "left").mkdir()
    mapping.write_text('[scores]\nleave = ["*"]\n')
    left = do(tmp_path / "left", tmp_path / "hmis", mapping=mapping)
    assert {left.hmis_key[row["meeting_number"]]: row["score"] for row in left.rows} != scores
    assert any("no assessed score" in note for note in left.audit.tallies[1].notes)


def test_the_latest_assessment_counts(tmp_path: Path) -> None:
    """HUD 4.19: of two scores the one of the later assessment stands, whatever their order; deleted ones never."""
    made = write(tmp_path / "hmis", Shape(rows=1, kinds=("open",)))
    (person,) = made.open_persons
    (tmp_path / "hmis" / "Assessment.csv").write_text(
        "AssessmentID,PersonalID,AssessmentDate,DateDeleted\n"
        f"new,{person},2026-02-01,\nold,{person},2025-02-01,\ngone,{person},2026-03-01,2026-03-02\n"
    )
    (tmp_path / "hmis" / "AssessmentResults.csv").write_text(
        f"AssessmentID,AssessmentResultType,AssessmentResult,DateDeleted\nold,{SCORE},3,\nnew,{SCORE},7,\ngone,{SCORE},9,\n"
    )
    (tmp_path / "mapping.toml").write_text(f'[scores]\nuse = ["{SCORE}"]\n')
    (row,) = do(tmp_path, tmp_path / "hmis", mapping=tmp_path / "mapping.toml").rows
    assert row["score"] == band("7")


def test_what_is_not_known_is_no_value(tmp_path: Path) -> None:
    """8, 9, 99, nothing and codes of nobody's add nothing and show as nothing; the last are counted."""
    write(tmp_path / "hmis", Shape(rows=1, kinds=("open",)))
    for number, code in enumerate(("8", "9", "99", "", "zebra")):
        cells = ["e", "p", "P0", "2025-01-01", "", "1", code, code, code, code, code, "", ""]
        header = (
            "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,LivingSituation,LengthOfStay,"
        )
        header += "TimesHomelessPastThreeYears,MonthsHomelessPastThreeYears,DisablingCondition,MoveInDate,DateDeleted"
        (tmp_path / "hmis" / "Enrollment.csv").write_text(f"{header}\n{','.join(cells)}\n")
        (tmp_path / "hmis" / "Client.csv").write_text(f"PersonalID,VeteranStatus,DOB,DateDeleted\np,{code},,\n")
        (tmp_path / str(number)).mkdir()
        done = do(tmp_path / str(number), tmp_path / "hmis")
        (row,) = done.rows
        assert row["score"] == "0 to 2" and row["bands"] == "chronic=0 months=0 score=0 unsheltered=0"
        assert {row[name] for name in ("sheltered", "times_band", "veteran", "youth_household", "with_children")} == {
            ""
        }
    assert any("5 codes" in note for note in done.audit.tallies[1].notes)


@pytest.mark.parametrize(
    ("file", "before", "after", "kind", "said"),
    [
        ("Export.csv", "2024 v1.1", "2022 v1.3", BadFile, "fiscal year"),
        ("Enrollment.csv", "MoveInDate", "MovedIn", BadFile, "lacks the column MoveInDate"),
        ("Enrollment.csv", "DateOfEngagement", "MoveInDate", BadFile, "more than one column MoveInDate"),
        ("Enrollment.csv", ",2025-0", ",1/2025-", BadRow, "EntryDate is no date"),
        ("Enrollment.csv", "2026-01-02", "2026-02-30", BadRow, "MoveInDate is no date"),
        ("Exit.csv", "2026-03-04", "", BadRow, "ExitDate is no date"),
        ("Enrollment.csv", ",MO-606,", ",MO,606,", BadRow, "it has 72 cells, and the header has 71"),
        ("Enrollment.csv", ",MO-606,", ',"MO-606,', BadRow, "row 3: its quotation marks do not fit together"),
    ],
)
def test_a_faulty_export_is_refused_whole(
    tmp_path: Path, file: str, before: str, after: str, kind: type[Exception], said: str
) -> None:
    """A fault names file, row and column, and nothing is written: all or nothing."""
    write(tmp_path / "hmis", Shape(rows=60))
    replace(tmp_path / "hmis" / file, before, after)
    with pytest.raises(kind, match=said) as told:
        do(tmp_path, tmp_path / "hmis")
    assert file.partition(".")[0] in str(told.value) or "export" in str(told.value)
    assert CANARY not in str(told.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["external.csv", "hmis"]


@pytest.mark.parametrize("name", ["Enrollment", "Client", "Exit", "Project", "Organization"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """Without Organization.csv nobody could tell a breach, so it has to be there like the others."""
    write(tmp_path / "hmis", Shape(rows=5))
    (tmp_path / "hmis" / f"{name}.csv").unlink()
    with pytest.raises(BadFile, match=f"lacks {name}.csv"):
        do(tmp_path, tmp_path / "hmis")


def test_who_is_no_client_is_left_out(tmp_path: Path) -> None:
    """A person whose Client row is missing or deleted is counted, and not listed."""
    made = write(tmp_path / "hmis", Shape(rows=10, kinds=("open",)))
    clients = tmp_path / "hmis" / "Client.csv"
    lines = clients.read_text().splitlines()
    lines[2] = lines[2].replace(",u1,,x1", ",u1,2026-01-01,x1")
    clients.write_text("\n".join(lines[:1] + lines[2:]))
    done = do(tmp_path, tmp_path / "hmis")
    left = done.audit.tallies[1].left_out
    assert (left[Why.NO_CLIENT], left[Why.CLIENT_DELETED]) == (1, 1)
    assert sorted(done.hmis_key.values()) == sorted(made.open_persons[2:])


def test_a_household_is_counted_through_its_members(tmp_path: Path) -> None:
    """Members who are not the head give the household its size and its children, and have no row of their own."""
    write(tmp_path / "hmis", Shape(rows=2, kinds=("open", "not head"), seed=1))
    enrollments = tmp_path / "hmis" / "Enrollment.csv"
    head, first, *_ = enrollments.read_text().splitlines()
    cells = first.split(",")
    others = []
    for number, relation in enumerate("2234"):
        other = cells.copy()
        other[0], other[1], other[5] = f"e{number}", f"p{number}", relation
        others.append(",".join(other))
    enrollments.write_text("\n".join([head, *others[:2], first, *others[2:]]) + "\n")
    (row,) = do(tmp_path, tmp_path / "hmis").rows
    assert (row["household_size_band"], row["with_children"]) == ("5", "1")


def test_a_mapping_never_reaches_for_a_person(tmp_path: Path) -> None:
    """MO-09, MO-12: columns that could tell who somebody is, or what happened, cannot be mapped."""
    write(tmp_path / "hmis", Shape(rows=5))
    mapping = tmp_path / "mapping.toml"
    for column in ("First Name", "LastName", "DOB", "Fleeing DV", "SSN", "Date of Birth", "DomesticViolenceSurvivor"):
        mapping.write_text(f'[list]\nid = "ID"\n[list.factors.veteran]\ncolumn = "{column}"\ncodes = {{ Yes = 1 }}\n')
        with pytest.raises(BadMapping, match="never read"):
            do(tmp_path, tmp_path / "hmis", mapping=mapping)
