"""A coalition's list (MO-25): taken in whole or not at all, and nothing in it is guessed in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.directory.area import Provider
from kiosk.directory.coalition_list import BadList, Proposal, propose
from kiosk.seal.record import Recipient
from tests.unit.directory.area import COUNTIES, HARBOR, RIVER, area

HEAD = "code,label,label_es,telephone,hours,counties,able,willing,must_speak_herself,tags,last_called"
ROW = "RIVER,River line,Línea River,573-555-0199,9 to 5,Cedar County; Lake County,yes,YES,no,teen;deaf,2026-11-01"
KEYS = (Recipient(1, bytes(32)),)


def laid(tmp_path: Path, *lines: str, before: tuple[Provider, ...] = (), source: str = "Made Up, 2026-11") -> Proposal:
    """What a list of these lines makes of an area."""
    file = tmp_path / "list.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return propose(area(*before), file, COUNTIES, source)


def test_a_row_becomes_a_provider(tmp_path: Path) -> None:
    """Every cell is where it belongs; what is not said is no; the list is credited."""
    found = laid(tmp_path, HEAD, ROW)
    (made,) = found.area.providers
    assert made.agency.label == {"en": "River line", "es": "Línea River"}
    assert (made.agency.telephone, made.agency.hours) == ("573-555-0199", {"en": "9 to 5"})
    assert made.able and made.willing and not made.must_speak_herself and not made.optional_access_point
    assert made.counties == ("Cedar County", "Lake County") and made.tags == ("teen", "deaf")
    assert (made.last_called, made.source) == (date(2026, 11, 1), "Made Up, 2026-11")
    assert (found.changes, found.faults) == (("RIVER: new.",), ())


def test_what_the_list_does_not_say_stays(tmp_path: Path) -> None:
    """A column that it lacks, a later call, keys, and providers that it leaves out stay, and that is said."""
    before = Provider(RIVER, COUNTIES[:1], able=True, notes="Ask.", last_called=date(2026, 11, 20), keys=KEYS)
    head, row = "code,label,telephone,willing,last_called", "RIVER,River line,573-555-0100,yes,2026-11-01"
    found = laid(tmp_path, head, row, before=(before, Provider(HARBOR)))
    after = found.area.find("RIVER")
    assert after == replace(
        before, agency=replace(RIVER, label={"en": "River line"}), willing=True, source="Made Up, 2026-11"
    )
    assert found.changes == ("RIVER: changed: label, willing, source.", "HARBOR-2: not in this list; stays as it is.")


def test_a_new_number_was_not_called(tmp_path: Path) -> None:
    """MO-29: the day of the last call goes with the number that was called."""
    before = Provider(RIVER, last_called=date(2026, 11, 20))
    found = laid(tmp_path, "code,label,telephone", "RIVER,River line,573-555-0177", before=(before,))
    assert found.area.providers[0].last_called is None


@pytest.mark.parametrize(
    ("lines", "said", "meant"),
    [
        (["code,label,Phone", "RIVER,R,1"], "Column 'Phone' is none that is known", "telephone"),
        (["code,label,address", "RIVER,R,x"], "Column 'address': no address is taken in", ""),
        (["code,label,public_key", "RIVER,R,x"], "Column 'public_key': keys enter only with fingerprints", ""),
        (["label", "x"], "The list has no column code", ""),
        ([HEAD, ROW.replace("Lake County", "Lake Conty")], "Line 2: 'Lake Conty' is none of the known", "Lake County"),
        ([HEAD, ROW.replace("teen", "teens")], "Line 2: 'teens' is none of the known tags", "teen"),
        ([HEAD, ROW.replace("YES", "maybe")], "Line 2: willing is 'maybe'", ""),
        ([HEAD, ROW.replace("2026-11-01", "2926-11-01")], "Line 2: last_called is '2926-11-01'", ""),
        ([HEAD, ROW.replace("RIVER", "AGENCY-1")], "Line 2: the code 'AGENCY-1' does not fit", ""),
        ([HEAD, ROW.replace("573-555-0199", "call us")], "Line 2: the telephone 'call us' does not fit", ""),
        ([HEAD, ROW, ROW], "Line 3: 'RIVER' stands in the list twice", ""),
        ([HEAD, ROW.replace("9 to 5", "at 12 Elm Street")], "Line 2: hours holds what looks like a street", ""),
        ([HEAD, ROW.replace("9 to 5", "ab" * 32)], "Line 2: hours holds what looks like a public key", ""),
        ([HEAD, ROW.replace("9 to 5", "9\x1b[31m")], "Line 2: hours holds letters that nobody can see", ""),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, lines: list[str], said: str, meant: str) -> None:
    """MO-25: each unknown column and value is named by line, with what may have been meant, and taken for nothing."""
    found = laid(tmp_path, *lines)
    assert said in found.faults[0].said and found.faults[0].meant == meant
    assert len(found.area.providers) <= 1


def test_nobody_credited(tmp_path: Path) -> None:
    """MO-25: an entry without a source is a fault."""
    assert "nobody is credited" in laid(tmp_path, HEAD, ROW, source="").faults[0].said


@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe", "cannot be read"), (b'code,label\n"x', "is no CSV")])
def test_no_list_at_all(tmp_path: Path, content: bytes, said: str) -> None:
    """A file that is no CSV, not UTF-8 or not there is one sentence."""
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(BadList, match=said):
        propose(area(), tmp_path / "list.csv", COUNTIES)
    with pytest.raises(BadList, match="more or fewer cells"):
        laid(tmp_path, "code,label", "RIVER")
