"""Files that nobody should send: refused soon, by name, within fixed memory."""

from __future__ import annotations

import io
import os
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging.blocks import BLOCK
from kiosk.desk.merging.faults import BadFile, BadRow
from kiosk.desk.merging.reading import rows
from kiosk.desk.merging.sources import plain_file, source

MIB = 1024**2
GIB = 1024**3


class Endless:
    """A file of one letter, for ever; counts what was read of it."""

    def __init__(self, start: bytes, letter: bytes) -> None:
        self.taken = 0
        self._start = start
        self._letter = letter

    def read(self, size: int, /) -> bytes:
        given, self._start = self._start[:size], self._start[size:]
        self.taken += size
        return given + self._letter * (size - len(given))


def read(text: str | bytes, *columns: str) -> list[tuple[str, ...]]:
    raw = text.encode() if isinstance(text, str) else text
    return list(rows(io.BytesIO(raw), "made-up.csv", columns or ("a", "c")))


@pytest.mark.parametrize("start", [b"", b"a,b,c\n", b'a,b,c\n"', b'a,b,c\n1,"2'])
def test_an_endless_line_is_refused(start: bytes) -> None:
    """G4: a line of 10 GB is refused after little more than the longest line of any list."""
    file = Endless(start, b"x")
    with pytest.raises(BadFile, match="longer than any"):
        list(rows(file, "made-up.csv", ("a",)))
    assert file.taken <= 2 * MIB


def test_a_quotation_that_never_ends_is_refused() -> None:
    """G4: lines inside a quotation are gathered up to the longest row of any list, and no further."""
    file = Endless(b'a,b,c\n1,"', b"x\n")
    file._letter = b"x\n" * (BLOCK // 2)

    def chunk(size: int, /) -> bytes:
        file.taken += size
        given, file._start = file._start, b""
        return given or b"x\n" * (size // 2)

    file.read = chunk  # type: ignore[method-assign]
    with pytest.raises(BadRow, match="row 2: a quotation is opened and not ended"):
        list(rows(file, "made-up.csv", ("a",)))
    assert file.taken <= 3 * MIB


def test_a_sparse_file_of_ten_gigabytes_is_refused(tmp_path: Path) -> None:
    """G4: the first NUL is enough."""
    path = tmp_path / "Enrollment.csv"
    path.write_text("a,b,c\n")
    os.truncate(path, 10 * GIB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with plain_file(path) as file, pytest.raises(BadFile, match="NUL"):
        list(rows(file, "Enrollment.csv", ("a",)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        ("a,b,c\n".encode("utf-16"), "UTF-16"),
        (b"a,b,c\n1,\x00,3\n", "NUL"),
        (b"," * 1_000_000 + b"\n1,2\n", "more columns"),
        (b"a,b\n1,2\n", "lacks the column c"),
        (b"a,b,c,C\n", "more than one column c"),
        (b'"a,b,c\n1,2,3\n', "header .* cannot be read"),
        (b"a,b,c\n1,2\n", "row 2: it has 2 cells, and the header has 3"),
        (b"a,b,c\n1,2,3\n1,2,3,4\n", "row 3: it has 4 cells"),
        (b'a,b,c\n1,2,3\n"1",2\n', "row 3: it has 2 cells"),
        (b'a,b,c\n"1"x,2,3\n', "row 2: its quotation marks"),
        (b'a,b,c\n1,2,3\n1,"2,3\n', "row 3: a quotation is opened"),
    ],
)
def test_what_is_no_list_is_named(raw: bytes, said: str) -> None:
    """G4: every refusal names the file, and the row where there is one."""
    with pytest.raises(BadFile, match=said) as told:
        read(raw)
    assert "made-up.csv" in str(told.value)


def test_whatever_a_good_list_looks_like_it_is_read() -> None:
    """Line breaks of three systems, marks, quotes with commas and breaks inside, letters of another coding, blanks."""
    expected = [("1", "3"), ("4", "6")]
    for text in (
        "a,b,c\n1,2,3\n4,5,6\n",
        "a,b,c\r\n1,2,3\r\n\r\n4,5,6",
        "a,b,c\r1,2,3\r4,5,6\r",
        "\ufeffA, B ,C\n1,2,3\n4,5,6",
    ):
        assert read(text) == expected
    assert read('"a","b","c"\n1,"2, and\nmore ""of"" it",3\n4,5,"6"\n') == expected
    assert read("a,b,c\n1,Jos\xe9,3\n4,5,6\n".encode("latin-1")) == expected
    assert read("a,b,c\n1,2,3\n4,5,6\n", "c", "b", "a") == [("3", "2", "1"), ("6", "5", "4")]


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.text(st.sampled_from("ab1 \"',\n\r;é"), max_size=6), min_size=3, max_size=3), max_size=8),
    st.permutations(["a", "b", "c"]),
)
def test_rows_are_what_the_csv_module_reads(cells: list[list[str]], order: list[str]) -> None:
    """However a list is quoted, each wanted cell is the one that was written."""
    import csv

    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(order)
    writer.writerows(cells)
    wanted = ("c", "a")
    expected = [
        tuple(row[order.index(name)].replace("\r\n", "\n").replace("\r", "\n") for name in wanted) for row in cells
    ]
    assert read(file.getvalue(), *wanted) == expected


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


def test_a_block_ends_anywhere() -> None:
    """Rows are the same wherever a read stops: inside a row, a quotation, a letter."""
    raw = 'a,b,c\r\n1,"x, é\ny",3\r\n4,5,6\r\n'.encode()

    class Slow:
        def __init__(self, size: int) -> None:
            self._pieces: Iterator[bytes] = (raw[at : at + size] for at in range(0, len(raw), size))

        def read(self, _: int, /) -> bytes:
            return next(self._pieces, b"")

    for size in range(4, len(raw) + 1):
        assert list(rows(Slow(size), "made-up.csv", ("b", "c"))) == [("x, é\ny", "3"), ("5", "6")]


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    """G7: a pipe, a device and a folder in a file's place are refused at once."""
    os.mkfifo(tmp_path / "Enrollment.csv")
    with pytest.raises(BadFile, match="not a plain file"):
        list(source(tmp_path).rows("Enrollment.csv", ("a",)))
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
        list(source(bomb).rows("Enrollment.csv", ("a",)))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """G2: a file that unpacks to more than the zip says is damaged, and not read on."""
    path = a_zip(tmp_path / "hmis.zip", {"Enrollment.csv": b"a,b,c\n" + b"1,2,3\n" * 100_000})
    raw = path.read_bytes()
    real = (6 + 6 * 100_000).to_bytes(4, "little")
    assert raw.count(real) == 2
    path.write_bytes(raw.replace(real, (60).to_bytes(4, "little")))
    with pytest.raises(BadFile, match="damaged"):
        list(source(path).rows("Enrollment.csv", ("a",)))


def test_a_zip_has_no_power_over_paths(tmp_path: Path) -> None:
    """G2: a path that climbs out is only a name; two files of one name are refused; nothing lands on the disk."""
    path = a_zip(tmp_path / "hmis.zip", {"../../../tmp/Enrollment.csv": b"a\n1\n"})
    assert list(source(path).rows("Enrollment.csv", ("a",))) == [("1",)]
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


def test_a_quoted_comma_in_the_header_is_no_column() -> None:
    """MO-08: a column whose name has a comma in it counts once, so that no cell is taken for its neighbour's."""
    assert read('"x,y",a,c\n1,2,3\n"4,4",5,6\n') == [("2", "3"), ("5", "6")]
    with pytest.raises(BadRow, match="it has 4 cells, and the header has 3"):
        read('"x,y",a,c\n1,2,3,4\n')


@pytest.mark.parametrize("step", [1, 2, 3, 7])
def test_a_mark_that_comes_in_pieces_is_a_mark(step: int) -> None:
    """G4: a byte-order mark is dropped, and UTF-16 refused, however few bytes a read gives."""

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(step)

    assert list(rows(Slow(b"\xef\xbb\xbfa,b,c\n1,2,3\n"), "made-up.csv", ("a", "c"))) == [("1", "3")]
    assert list(rows(Slow(b"a,b,c\n1,2,3\n"), "made-up.csv", ("a", "c"))) == [("1", "3")]
    with pytest.raises(BadFile, match="UTF-16"):
        list(rows(Slow("a,c\n".encode("utf-16")), "made-up.csv", ("a", "c")))
