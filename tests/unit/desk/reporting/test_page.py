"""The board's page and the CSV: what is hidden is nowhere in them, not even in a length."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.reporting.chart import BOX
from kiosk.desk.reporting.csv import as_csv
from kiosk.desk.reporting.page import as_page
from kiosk.desk.reporting.suppression import publish
from schema.report import HOUSEHOLDS, Q9A, Report, Table
from tests.unit.desk.reporting.crowds import counts_of, uneven

MARKS = ("name", "victim", "violence", "abuse", "harm", "pathway", "plan ", "birth")


def a_report() -> Report:
    """A report with shown, hidden and zero numbers."""
    found = publish(counts_of("2026-10", uneven(8)), ("2026-10",), (), bytes(32))
    assert any(table.hidden for table in found)
    return Report("MO-606", "2026-10", found)


def test_a_hidden_number_is_not_drawn_to_scale() -> None:
    """Each hidden bar has one and the same length, and says in words what hidden means."""
    table = Table("Q9a", (HOUSEHOLDS,), ((1,), (2,), (3,)), ((None,), (None,), (40,), (60,)))
    page = as_page(Report("MO-606", "2026-10", (table,))).decode()
    lengths = re.findall(r'<rect x="215" y="\d+" width="(\d+)" height="26" fill="([^"]+)"', page)
    assert [int(length) for length, fill in lengths if fill.startswith("url")] == [BOX, BOX]
    assert [int(length) for length, fill in lengths if not fill.startswith("url")] == [500]
    assert page.count("10 or fewer") >= 3


def test_the_page_is_whole_and_needs_nothing() -> None:
    """Well-formed, one style, no script, no address, no event handler, no inline style."""
    page = as_page(a_report()).decode()
    assert page.startswith("<!doctype html>")
    body = re.sub(r"<(meta[^>]*)>", r"<\1/>", page.removeprefix("<!doctype html>"))
    tree = ElementTree.fromstring(body)
    tags = {element.tag for element in tree.iter()}
    assert "svg" in tags and not tags & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "a",
        "base",
        "image",
        "use",
    }
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "src", "href")]
    assert "://" not in page and "@import" not in page and "@font-face" not in page
    assert "default-src &#x27;none&#x27;" in page


def test_no_name_and_no_mark_on_paper() -> None:
    """P10: neither form has a name, a number of anybody, or a word of harm."""
    for text in (as_page(a_report()).decode(), as_csv(a_report()).decode()):
        assert not [mark for mark in MARKS if mark in text.lower().replace("viewport", "").replace('name="', "")]
        assert not re.search(r"[1-9]\d{7}|\d{3} \d{3} \d{2}", text)


@settings(max_examples=30)
@given(numbers=st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=4, max_size=4), region=st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9-]{0,15}", fullmatch=True))  # fmt: skip
def test_no_cell_is_a_formula(numbers: list[int | None], region: str) -> None:
    """P10: whatever is counted, each cell begins with a letter or a digit."""
    table = Table(Q9A.name, (HOUSEHOLDS,), ((1,), (2,), (3,)), tuple((number,) for number in numbers))
    cells = [
        cell for row in csv.reader(io.StringIO(as_csv(Report(region, "2026-10", (table,))).decode())) for cell in row
    ]
    assert cells and all(cell[0].isalnum() for cell in cells)
