"""Files that nobody should send: refused soon, by name, within fixed memory."""

from __future__ import annotations

import csv
import io
import os
import resource
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging import csv_rows
from kiosk.desk.merging.csv_rows import LONGEST_LINE, Table, table
from kiosk.desk.merging.export_files import plain_file, source
from kiosk.desk.merging.merge_errors import BadFile

GIB = 1024**3


def whole(text: str | bytes, *columns: str) -> Table:
    raw = text.encode() if isinstance(text, str) else text
    return table(raw, "made-up.csv", columns or ("a", "c"))


def read(text: str | bytes, *columns: str) -> list[tuple[str | None, ...]]:
    wanted = columns or ("a", "c")
    return whole(text, *wanted).rows.select(wanted).rows()


@pytest.mark.parametrize("start", [b"", b"a,b,c\n", b'a,b,c\n"', b'a,b,c\n1,"2'])
def test_an_endless_line_is_refused(start: bytes) -> None:
    """G4: a line that is longer than any of a list is refused."""
    with pytest.raises(BadFile, match=r"longer than any|cannot be read|opened and not ended"):
        whole(start + b"x" * (2 * LONGEST_LINE), "a")


def test_a_sparse_file_of_ten_gigabytes_is_refused(tmp_path: Path) -> None:
    """G4: by its size alone."""
    path = tmp_path / "Enrollment.csv"
    path.write_text("a,b,c\n")
    os.truncate(path, 10 * GIB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadFile, match="far larger"), source(tmp_path).opened("Enrollment.csv"):
        pass
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        ("a,b,c\n".encode("utf-16"), "UTF-16"),
        (b"a,b,c\n1,\x00,3\n", "NUL"),
        (b"," * 1_000_000 + b"\n1,2\n", "more columns"),
        (b"a,b,c,C\n", "more than one column c"),
        (b'"a,b,c\n1,2,3\n', "header .* cannot be read"),
        (b'a,b,c\n1,2,3\n1,"2,3\n', "line 3: a quotation is opened"),
        ("a,b,c\n1,Jos\xe9,3\n".encode("latin-1"), "not written in UTF-8"),
        (b"a,b,c\r1,2,3\r", "ends its lines"),
    ],
)
def test_what_is_no_list_is_named(raw: bytes, said: str) -> None:
    """G4: every refusal names the file, and the row where there is one."""
    with pytest.raises(BadFile, match=said) as told:
        read(raw)
    assert "made-up.csv" in str(told.value)


@pytest.mark.parametrize(
    ("raw", "torn"),
    [
        (b"a,b,c\n1,2\n4,5,6\n", [2]),
        (b"a,b,c\n4,5,6\n1,2,3,4\n", [3]),
        (b'a,b,c\n4,5,6\n"1",2\n', [3]),
        (b'a,b,c\n"1"x,2,3\n4,5,6\n', [2]),
        (b'"x,y",b,a,c\n1,2,3\n4,4,4,6\n', [2]),
    ],
)
def test_a_torn_row_is_told_and_left_out(raw: bytes, torn: list[int]) -> None:
    """A row of another width, or with marks that do not fit, costs itself alone."""
    found = whole(raw)
    assert found.torn == torn and found.rows.select("a", "c").rows() == [("4", "6")]


def test_whatever_a_good_list_looks_like_it_is_read() -> None:
    """Line breaks of two systems, marks, quotes with commas and breaks inside, blanks, separators."""
    expected = [("1", "3"), ("4", "6")]
    for text in (
        "a,b,c\n1,2,3\n4,5,6\n",
        "a,b,c\r\n1,2,3\r\n\r\n4,5,6",
        "\ufeffA, B ,C\n1,2,3\n4,5,6",
        "a;b;c\n1;2;3\n4;5;6\n",
        "a\tb\tc\n1\t2\t3\n4\t5\t6\n",
        "sep=;\na;b;c\n1;2;3\n4;5;6\n",
        "a,b,c\n1,2,3\n,,\n4,5,6\n , ,\n",
    ):
        assert read(text) == expected, text
    assert read('"a","b","c"\n1,"2, and\nmore ""of"" it",3\n4,5,"6"\n') == expected
    assert read("a,b,c\n1,José,3\n4,5,6\n") == expected
    assert read("a,b,c\n1,2,3\n4,5,6\n", "c", "b", "a") == [("3", "2", "1"), ("6", "5", "4")]
    assert whole("a,b\n1,2\n").lacking == ("c",) and read("a,b\n1,2\n") == [("1", None)]


def test_lines_are_told_as_an_editor_counts_them() -> None:
    """The header is line 1, whatever stands in quotes before."""
    assert whole("a,b,c\n1,2,3\n4,5,6\n").rows["line"].to_list() == [2, 3]
    assert whole('a,b,c\n"1\n1",2,3\n\n4,5,6\n').rows["line"].to_list() == [2, 5]


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.text(st.sampled_from("ab1 \"',\n\r;é"), max_size=6), min_size=3, max_size=3), max_size=8),
    st.permutations(["a", "b", "c"]),
)
def test_rows_are_what_the_csv_module_reads(cells: list[list[str]], order: list[str]) -> None:
    """However a list is quoted, each wanted cell is the one that was written."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(order)
    writer.writerows(cells)
    wanted = ("c", "a")
    expected = [tuple(_trimmed(row[order.index(name)]) for name in wanted) for row in cells]
    assert read(file.getvalue(), *wanted) == [row for row in expected if any(row)]


def _trimmed(cell: str) -> str | None:
    """A cell without the spaces around it; nothing where nothing but spaces or quotation marks stood."""
    return cell.strip() if cell.strip().strip('" ') else None


@settings(max_examples=150)
@given(st.binary(max_size=300), st.integers(0, 40), st.integers(1, 7))
def test_mangled_bytes_are_read_or_refused(noise: bytes, at: int, block: int) -> None:
    """G5: whatever happens to a file's bytes, the answer is rows of the right width, or a sentence."""
    good = b"a,b,c\n" + b"11,22,33\n" * 4
    raw = good[:at] + noise + good[at:]
    try:
        found = read(raw)
    except BadFile:
        return
    assert all(len(row) == 2 for row in found)


def raw_of(path: Path) -> bytes:
    with source(path).opened("Enrollment.csv") as raw:
        return bytes(raw)


@pytest.mark.parametrize("size", range(8, 24))
def test_a_part_ends_anywhere(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and their lines are the same, however few bytes polars is given at a time."""
    monkeypatch.setattr(csv_rows, "_PART", size)
    rows = whole("a,b,c\n1,2,3\n44,5,6\n7,8,9\n", "a", "c").rows
    assert rows.select("a", "c", "line").rows() == [("1", "3", 2), ("44", "6", 3), ("7", "9", 4)]


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    """G7: a pipe, a device and a folder in a file's place are refused at once."""
    os.mkfifo(tmp_path / "Enrollment.csv")
    with pytest.raises(BadFile, match="not a plain file"):
        raw_of(tmp_path)
    with pytest.raises(BadFile):
        plain_file(Path("/dev/zero"))


def a_zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    """G2: 64 MB of one letter packed a thousandfold is refused by what the zip itself says of it."""
    bomb = a_zip(tmp_path / "hmis.zip", {"Enrollment.csv": b"a,b,c\n" + b"1,2,3\n" * (11 * 1024**2)})
    with pytest.raises(BadFile, match="unpack to far more"):
        raw_of(bomb)


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """G2: a file that unpacks to more than the zip says is damaged, and not read on."""
    path = a_zip(tmp_path / "hmis.zip", {"Enrollment.csv": b"a,b,c\n" + b"1,2,3\n" * 100_000})
    raw = path.read_bytes()
    real = (6 + 6 * 100_000).to_bytes(4, "little")
    assert raw.count(real) == 2
    path.write_bytes(raw.replace(real, (60).to_bytes(4, "little")))
    with pytest.raises(BadFile, match="damaged"):
        raw_of(path)


def test_a_zip_has_no_power_over_paths(tmp_path: Path) -> None:
    """G2: a path that climbs out is only a name; two files of one name are refused; nothing lands on the disk."""
    path = a_zip(tmp_path / "hmis.zip", {"../../../tmp/Enrollment.csv": b"a\n1\n"})
    assert raw_of(path) == b"a\n1\n"
    assert [each.name for each in tmp_path.iterdir()] == ["hmis.zip"]
    path = a_zip(tmp_path / "two.zip", {"x/Enrollment.csv": b"a\n1\n", "y\\ENROLLMENT.csv": b"a\n2\n"})
    with pytest.raises(BadFile, match="more than one file of a name"):
        source(path)


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path) -> None:
    """G2: a directory of thousands is refused before it is taken into memory; what is no zip is named."""
    path = a_zip(tmp_path / "many.zip", {f"{number}.txt": b"" for number in range(1_100)})
    with pytest.raises(BadFile, match="far more files"):
        source(path)
    (tmp_path / "none.zip").write_bytes(b"PK nothing of the kind")
    with pytest.raises(BadFile, match="neither a folder nor a zip"):
        source(tmp_path / "none.zip")


def test_what_a_mac_puts_into_a_zip_is_nothing(tmp_path: Path) -> None:
    """`__MACOSX/._Client.csv` and the like stand beside each file, and are no second one."""
    files = {"hmis/Enrollment.csv": b"a\n1\n", "__MACOSX/hmis/._Enrollment.csv": b"x", "__MACOSX/Enrollment.csv": b"y"}
    assert raw_of(a_zip(tmp_path / "mac.zip", files)) == b"a\n1\n"


def test_a_quoted_comma_in_the_header_is_no_column() -> None:
    """MO-08: a column whose name has a comma in it counts once, so that no cell is taken for its neighbour's."""
    assert read('"x,y",a,c\n1,2,3\n"4,4",5,6\n') == [("2", "3"), ("5", "6")]
    assert whole('"x,y",a,c\n1,2,3,4\n').torn == [2]
