"""What is fuzzed: one function a target, which takes any bytes and raises when a promise about them is broken.

`tests/fuzz/test_targets.py` tries each with a few thousand seeded inputs, `bench/fuzz.py TARGET` for as long as wanted.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kiosk.content.check import check
from kiosk.content.files import BUILT_IN
from kiosk.content.snapshot import freeze
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.merging.csv_rows import table
from kiosk.desk.merging.list_files import rows_of
from kiosk.desk.merging.merge_errors import BadFile
from kiosk.desk.records import unsealing
from kiosk.seal import sealed, summary_codec
from kiosk.supervisor.chosen_key import ChosenKey
from kiosk.supervisor.panic_key import Recogniser
from kiosk.vault import numbers
from tests.fuzz import files
from tests.fuzz.files import altered
from tests.fuzz.slow_recogniser import CHOSEN, verdict

VECTORS = Path(__file__).parents[1] / "vectors" / "sealed.json"
CUT = 0xFF
"""Ends a read; the next byte says how many sixteenths of a second pass."""
DAMM = [
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
]  # fmt: skip


def recogniser(untrusted: bytes) -> None:
    """P2: the recogniser fires at the very read at which the rules over everything typed say so."""
    name = list(CHOSEN)[untrusted[0] % len(CHOSEN)] if untrusted else ""
    reads, now = [], 100.0
    for place, piece in enumerate(untrusted[1:].split(bytes((CUT,)))):
        now += piece[0] % 32 / 16 if place and piece else 0
        typed = piece[1:] if place else piece
        if typed:
            reads.append((typed, now))
    fast = Recogniser(ChosenKey(name) if name else None)
    fired = (place for place, (typed, at) in enumerate(reads) if fast.feed(bytearray(typed), len(typed), at))
    told = next(fired, None)
    assert told == verdict(reads, name), (reads, name, told)


def number_parser(untrusted: bytes) -> None:
    """P5: what is read is a number that may have been given, and whatever is shown can be read."""
    text = untrusted.decode("utf-8", "surrogateescape")
    found, practice = numbers.parse(text), numbers.parse(text, practice=True)
    digits = re.sub("[ .\t\u00a0\u2007\u202f-]", "", text)
    state = "0"
    for digit in digits if re.fullmatch("[0-9]{8}", digits) else "1":
        state = DAMM[int(state)][int(digit)]
    good = state == "0" and not re.search(r"(.)\1\1\1|^911|^988|^211|^999", digits)
    assert found == (int(digits) if good and digits[0] != "0" else None)
    assert practice == (int(digits) if good else None)
    number = int.from_bytes(untrusted[:4], "big")
    if numbers.valid(number):
        assert numbers.parse(numbers.show(number)) == number
    if practice is not None:
        assert numbers.parse(numbers.show(practice), practice=True) == practice


@cache
def _opener() -> unsealing.Opener:
    return unsealing.Opener(Seeds(bytes.fromhex(json.loads(VECTORS.read_text())["seed"])))


@cache
def _good() -> list[tuple[int, bytes, bytes]]:
    """Numbers, records and insides that open."""
    table = json.loads(VECTORS.read_text())["vectors"]
    opened = [(each["number"], bytes.fromhex(each["sealed"])) for each in table if each["expect"] == "opened"]
    return [(number, raw, _opener().plain(number, raw)) for number, raw in opened]


def sealed_record(untrusted: bytes) -> None:
    """F9, P4: hostile bytes are refused by their kinds of error; no altered record opens, and no inside reads twice."""
    if not untrusted:
        return
    number, whole, plain = _good()[untrusted[0] // 4 % len(_good())]
    way, changes = untrusted[0] % 4, untrusted[1:]
    if way == 3:
        _inside(altered(plain, changes))
        return
    raw = changes if way == 0 else altered(whole, changes)
    asked = number ^ 1 if way == 2 else number
    try:
        suite, _ = sealed.outside(raw)
        sealed.admit(raw, sealed.key_ids(raw, suite)[:1])
    except sealed.NotSealed:
        suite = 0
    by_length = {548: 1, 4900: 2}.get(len(raw), 0)
    assert suite == (by_length if raw[:6] == b"KSR1" + bytes((1, by_length)) else 0)
    try:
        _opener().open(asked, raw)
    except unsealing.NotOpened as refused:
        assert (suite == 0) == isinstance(refused, unsealing.UnknownFormat)
        assert raw != whole or asked != number
    else:
        assert (raw, asked) == (whole, number), "an altered record opens"


def _inside(plain: bytes) -> None:
    for instrument in (1, 2):
        try:
            item = unsealing.read(plain, instrument)
        except unsealing.Malformed:
            continue
        assert summary_codec.encode(item, plain[0]) == plain


COLUMNS = ("id", "need")


def csv_reader(untrusted: bytes) -> None:
    """MO-08: a list is read as the library reads it, or refused for cause; every row is read or told as torn."""
    try:
        found = table(untrusted, "a.csv", COLUMNS)
    except BadFile:
        found = None
    expected = _by_the_library(untrusted)
    if found is not None and expected is not None and not found.torn:
        listed = [row for row in map(_trimmed, expected) if any(row)]
        assert found.rows.select(COLUMNS).rows() == listed, (untrusted, listed)
    _listed(untrusted)


def _trimmed(row: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(cell.strip() if cell.strip().strip('"\u00a0 ') else None for cell in row)


def _by_the_library(raw: bytes) -> list[tuple[str, ...]] | None:
    """The wanted cells as `csv` reads the whole text, `None` where it is no such list with commas."""
    if b"\0" in raw or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        text = raw.decode().removeprefix("\ufeff")
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        names = [" ".join(each.split()).casefold() for each in next(lines)]
        at = [names.index(each) for each in COLUMNS if names.count(each) == 1]
        cells = [row for row in lines if any(map(str.strip, row))]
    except (UnicodeDecodeError, csv.Error, StopIteration):
        return None
    head = text.partition("\n")[0]
    other = head[:4].lower() == "sep=" or max(head.count(";"), head.count("\t")) > head.count(",")
    if other or len(at) < len(COLUMNS) or any(len(row) != len(names) for row in cells):
        return None
    return [tuple(row[place] for place in at) for row in cells]


def _listed(raw: bytes) -> None:
    """The same bytes as a list of one file, of which the id alone is read."""
    with tempfile.NamedTemporaryFile(dir=_memory(), suffix=".csv") as file:
        file.write(raw)
        file.flush()
        try:
            read = list(rows_of(Path(file.name), ("id",)))
        except BadFile:
            return
    assert all(len(row.cells) == 1 for row in read)


@cache
def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


MOST_SAID = 20
"""Problems that one byte of a pack may cause at most."""


def pack_loader(untrusted: bytes) -> None:
    """Any file is a pack that can be used, or has its problems named; nothing is raised."""
    if not untrusted:
        return
    raw = untrusted[1:]
    if untrusted[0] % 2:
        raw = altered((BUILT_IN / "practice" / "pack.toml").read_bytes(), raw)
    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        folder = Path(name) / "practice"
        folder.mkdir()
        for each in (BUILT_IN / "practice").glob("*.toml"):
            (folder / each.name).write_bytes(raw if each.name == "pack.toml" else each.read_bytes())
        checked = check(folder)
        said = [str(problem) for problem in checked.problems]
        assert all(each.isprintable() and len(each) < 400 for each in said), said
        assert len(said) <= 1000 + MOST_SAID * len(raw)
        assert checked.usable or any(problem.stops for problem in checked.problems)
        if checked.usable:
            assert freeze(folder)


_HERE: tuple[Callable[[bytes], None], ...] = (recogniser, number_parser, sealed_record, csv_reader, pack_loader)
TARGETS: dict[str, Callable[[bytes], None]] = {each.__name__: each for each in _HERE} | files.TARGETS
WORDS: dict[str, tuple[bytes, ...]] = {
    "recogniser": (b"\x1b[", b"\x1bO", b"24~", b"57375u", b"27u", b"\x1b\x1b", b"\x1b]11;", b"\x1b\\", b"\xff\x00"),
    "number_parser": (b" ", b"-", b"0", b"911", b"1111", "\u00a0".encode(), "\u0663".encode()),
    "sealed_record": (b"KSR1", b"\x01", b"\x02", bytes(8)),
    "csv_reader": (b'"', b'""', b",", b"\n", b"\r\n", b"id", b"need", b"\xef\xbb\xbf", b'"a,b",', b"\r"),
    "pack_loader": (b"[[", b"]]", b'"', b"'''", b"include = [", b"= {", b"\n", b"a.a.a", b"inf", b"\\u001b"),
} | files.WORDS
"""What is put into the inputs of each target, beside chance."""
