"""An HMIS export of either fiscal year becomes numbered rows, and every row of it is accounted for."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from kiosk.desk.merging.mapping import BadMapping
from kiosk.desk.merging.merge_errors import FaultyExport, TooFewRows
from kiosk.desk.merging.merge_tally import Why
from kiosk.priority.profile import load
from kiosk.vault.numbers import DIGITS, damm
from schema.merged import COLUMNS
from tests.fixtures.external import made_up
from tests.fixtures.hmis import CANARY, FAULTS, SCORE, SSN, Shape, write
from tests.fixtures.merging import Done, do

LEFT_OUT = {
    "deleted": Why.DELETED,
    "victim services": Why.VICTIM_SERVICES,
    "not head": Why.NOT_HEAD,
    "exited": Why.EXITED,
    "moved in": Why.MOVED_IN,
    "again": Why.ANOTHER_ROW,
}


def replace(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize("faults", [(), FAULTS[:1], FAULTS[1:4], FAULTS[4:5], FAULTS[5:6]])
def test_every_enrollment_is_listed_or_counted(tmp_path: Path, year: int, faults: tuple[str, ...]) -> None:
    """P10: marks, CR LF, columns of any order and case, quotes, accents: nobody is lost, each has a number."""
    made = write(tmp_path / "hmis", Shape(rows=400, year=year, seed=year, faults=frozenset(faults)))
    done = do(tmp_path, tmp_path / "hmis", [made_up(1), made_up(2)])
    inside = done.audit.tallies[0]
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
    bands = [[each.partition("=")[2] for each in row["bands"].split()] for row in done.rows]
    whole = [each for each in bands if all(each)]
    assert whole == sorted(whole, reverse=True)
    assert len({tuple(each) for each in whole}) > 4
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
    write(tmp_path / "hmis", Shape(rows=40))
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


SCORED = """
name = "scored"
version = 1
order = ["chronic", "score"]
computed = ["chronic"]
score_band = 3
points = [{ points = 2, why = "disabled", all = [{ factor = "disabling_condition", codes = [1] }] }]
keys = {}
"""


def band(score: str) -> str:
    """A score as the list shows it, in bands of three points."""
    low = int(score) // 3 * 3
    return f"{low} to {low + 2}"


def test_an_assessed_score_counts_where_the_area_names_a_tool(tmp_path: Path) -> None:
    """MO-05: a score under a local name is read only once somebody said what it is; till then its type is told."""
    write(tmp_path / "hmis", Shape(rows=60, scored=True))
    profile = load(SCORED.encode())
    bare = do(tmp_path, tmp_path / "hmis", profile=profile)
    assert {row["score"] for row in bare.rows} <= {"0 to 2"}
    assert any("nothing maps" in line and SCORE in line for line in bare.faults.lines())
    results = (tmp_path / "hmis" / "AssessmentResults.csv").read_text().splitlines()[1:]
    assessed = {line.split(",")[3]: line.split(",")[5] for line in results}
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(f'[scores]\nuse = ["{SCORE}"]\n')
    (tmp_path / "used").mkdir()
    done = do(tmp_path / "used", tmp_path / "hmis", profile=profile, mapping=mapping)
    scores = {done.hmis_key[row["meeting_number"]]: row["score"] for row in done.rows}
    assert scores == {person: band(score) for person, score in assessed.items()}
    assert not any("nothing maps" in line for line in done.faults.lines())


def test_no_points_no_score(tmp_path: Path) -> None:
    """By the default profile a score is no key: none is read, and none is shown."""
    write(tmp_path / "hmis", Shape(rows=60, scored=True))
    done = do(tmp_path, tmp_path / "hmis")
    assert {row["score"] for row in done.rows} == {""}
    assert all(row["bands"].startswith("chronic=") for row in done.rows)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("Export.csv", "2024 v1.1", "2022 v1.3", "fiscal year '2022 v1.3'"),
        ("Enrollment.csv", "MoveInDate", "MovedIn", "lacks the column MoveInDate"),
        ("Enrollment.csv", "DateOfEngagement", "MoveInDate", "more than one column MoveInDate"),
        ("Export.csv", "2026-12-31,DEMO", "2026-12-31", None),
    ],
)
def test_what_makes_a_list_impossible_is_refused(
    tmp_path: Path, file: str, before: str, after: str, said: str | None
) -> None:
    """A fault of a whole file names it, and nothing is written: all or nothing."""
    write(tmp_path / "hmis", Shape(rows=60))
    if said is None:
        (tmp_path / "hmis" / file).write_text("")
        said = "Export.csv is empty"
    else:
        replace(tmp_path / "hmis" / file, before, after)
    with pytest.raises(FaultyExport, match=said) as told:
        do(tmp_path, tmp_path / "hmis")
    assert CANARY not in str(told.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["external.csv", "hmis"]


def faults_of(done: Done) -> dict[str, list[tuple[str, int | None, str]]]:
    """Check to its file, line and effect."""
    found: dict[str, list[tuple[str, int | None, str]]] = {}
    for row in done.faults.table().iter_rows(named=True):
        found.setdefault(row["check"], []).append((row["file"], row["line"], row["effect"]))
    return found


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("Enrollment.csv", ",2025-0", ",1/2025-", ("Q06", "row left out")),
        ("Enrollment.csv", "2026-01-02", "2026-02-30", ("Q06", "noted")),
        ("Exit.csv", "2026-03-04", "", ("Q15", "noted")),
        ("Exit.csv", "2026-03-04", "soon", ("Q06", "noted")),
        ("Enrollment.csv", ",MO-606,", ",MO,606,", ("Q04", "row left out")),
        ("Enrollment.csv", ",MO-606,", ',"MO"-606,', ("Q04", "row left out")),
    ],
)
def test_one_odd_row_stops_nothing(
    tmp_path: Path, file: str, before: str, after: str, expected: tuple[str, str]
) -> None:
    """One cell in one row: the list is made, and the fault is told with its line and what it does."""
    write(tmp_path / "hmis", Shape(rows=60))
    path = tmp_path / "hmis" / file
    lines = path.read_text().splitlines()
    at = next(at for at, line in enumerate(lines) if at and before in line)
    lines[at] = lines[at].replace(before, after, 1)
    whole = do(tmp_path, tmp_path / "hmis")
    path.write_text("\n".join(lines) + "\n")
    (tmp_path / "odd").mkdir()
    done = do(tmp_path / "odd", tmp_path / "hmis")
    new = set(faults_of(done).get(expected[0], [])) - set(faults_of(whole).get(expected[0], []))
    assert (file, at + 1, expected[1]) in new
    assert len(done.rows) >= len(whole.rows) - 1


@pytest.mark.parametrize("name", ["Enrollment", "Client", "Exit", "Project", "Organization", "Export"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """Without Organization.csv nobody could tell a breach, so it has to be there like the others."""
    write(tmp_path / "hmis", Shape(rows=25))
    (tmp_path / "hmis" / f"{name}.csv").unlink()
    with pytest.raises(FaultyExport, match=f"lacks {name}.csv"):
        do(tmp_path, tmp_path / "hmis")


def test_rows_of_commas_are_no_rows(tmp_path: Path) -> None:
    """A spreadsheet leaves rows of commas below a list: they are nothing, in every file."""
    write(tmp_path / "hmis", Shape(rows=60))
    listed = do(tmp_path, tmp_path / "hmis").audit.listed
    for path in (tmp_path / "hmis").glob("*.csv"):
        commas = path.read_text().partition("\n")[0].count(",")
        with path.open("a") as file:
            file.write("," * commas + "\n" + " ," * commas + "\n")
    (tmp_path / "again").mkdir()
    done = do(tmp_path / "again", tmp_path / "hmis")
    assert done.audit.listed == listed
    assert "Q04" not in faults_of(done)


@pytest.mark.parametrize("blank", [" ", "\u00a0", '" "', '""""""', "\t"])
def test_blank_is_blank(tmp_path: Path, blank: str) -> None:
    """Whatever spaces or quoted blanks stand in DateDeleted, nobody is deleted by them."""
    write(tmp_path / "hmis", Shape(rows=60, kinds=("open",)))
    for name in ("Enrollment", "Client"):
        path = tmp_path / "hmis" / f"{name}.csv"
        header, *rows = path.read_text().splitlines()
        at = header.split(",").index("DateDeleted")
        cells = [row.split(",") for row in rows]
        for row in cells:
            assert row[at] == ""
            row[at] = blank
        path.write_text("\n".join([header, *map(",".join, cells)]) + "\n")
    assert len(do(tmp_path, tmp_path / "hmis").rows) == 60


@pytest.mark.parametrize("rows", [1, 10])
def test_a_list_of_few_is_refused(tmp_path: Path, rows: int) -> None:
    """Under 11 rows of HMIS survivors would stand nearly alone: no list, whatever the external lists hold."""
    write(tmp_path / "hmis", Shape(rows=rows, kinds=("open",)))
    with pytest.raises(TooFewRows, match=f"{rows} rows of HMIS"):
        do(tmp_path, tmp_path / "hmis", [made_up(1), made_up(2)])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["external.csv", "hmis"]


def test_eleven_are_enough(tmp_path: Path) -> None:
    """With 11 the same list is made."""
    write(tmp_path / "hmis", Shape(rows=11, kinds=("open",)))
    assert len(do(tmp_path, tmp_path / "hmis", [made_up(1), made_up(2)]).rows) == 13


def test_who_is_no_client_is_left_out(tmp_path: Path) -> None:
    """A person whose Client row is missing or deleted is counted, and not listed."""
    made = write(tmp_path / "hmis", Shape(rows=20, kinds=("open",)))
    clients = tmp_path / "hmis" / "Client.csv"
    lines = clients.read_text().splitlines()
    lines[2] = lines[2].replace(",u1,,x1", ",u1,2026-01-01,x1")
    clients.write_text("\n".join(lines[:1] + lines[2:]))
    done = do(tmp_path, tmp_path / "hmis")
    assert done.audit.tallies[0].left_out[Why.NO_CLIENT] == 2
    assert sorted(done.hmis_key.values()) == sorted(made.open_persons[2:])


def test_a_mapping_never_reaches_for_a_person(tmp_path: Path) -> None:
    """MO-09, MO-12: columns that could tell who somebody is, or what happened, cannot be mapped."""
    write(tmp_path / "hmis", Shape(rows=25))
    mapping = tmp_path / "mapping.toml"
    for column in ("First Name", "LastName", "DOB", "Fleeing DV", "SSN", "Date of Birth", "DomesticViolenceSurvivor"):
        mapping.write_text(f'[list]\nid = "ID"\n[list.factors.veteran]\ncolumn = "{column}"\ncodes = {{ Yes = 1 }}\n')
        with pytest.raises(BadMapping, match="never read"):
            do(tmp_path, tmp_path / "hmis", mapping=mapping)
