"""Our ESC/POS beside python-escpos, and what a code page makes of letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import config
from kiosk.content.texts import texts
from kiosk.paper import escpos
from kiosk.paper.letters import CODE_PAGES, printable, replaced
from kiosk.paper.sheets import COLUMNS, Paper, Sheet, SheetLine, plan_sheet
from tests.kit import pack

PACKS = ("us-mo", "us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire", "practice")
SPANISH = "áéíóúüñÁÉÍÓÚÜÑ¿¡"


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_the_same_bytes_as_python_escpos(code_page: str) -> None:
    """Oracle: initialise, code page, bold, tall letters, letters, feed and cut are what python-escpos sends."""
    from escpos.printer import Dummy

    oracle = Dummy()
    oracle.hw("INIT")
    oracle.charcode(code_page.upper())
    oracle.set(custom_size=True, width=1, height=2)
    oracle.set(bold=True)
    oracle.text("Niño £5")
    oracle.set(bold=False)
    oracle.text("\n")
    oracle.text("¿Qué?")
    oracle.text("\n")
    oracle.cut()
    lines = (SheetLine("Niño £5", bold=True), SheetLine("¿Qué?"))
    ours = b"".join(escpos.document(Sheet(Paper(42, code_page), lines, large=True)))
    assert ours == oracle.output


@given(st.text(), st.sampled_from(sorted(CODE_PAGES)), st.sampled_from(COLUMNS))
def test_no_byte_of_a_text_moves_the_printer(text: str, code_page: str, columns: int) -> None:
    """P1: whatever was typed, each line is letters of the code page and one line end, no wider than the paper."""
    sheet = plan_sheet(Paper(columns, code_page), [[text, f"\x1bp{text}\x10\x04"]], "C3D4F")
    for each in sheet.lines:
        assert len(each.text) <= columns
        raw = escpos.line(sheet, SheetLine(each.text))
        assert raw.endswith(b"\n")
        assert not re.search(rb"[\x00-\x1f\x7f]", raw[:-1])
    straight = escpos.line(sheet, SheetLine(text))[:-1]
    assert not re.search(rb"[\x00-\x1f\x7f]", straight)


@pytest.mark.parametrize("code_page", ["cp850", "cp858", "cp1252"])
def test_spanish_and_pounds_are_printed_as_they_are(code_page: str) -> None:
    """Letters: Spanish and £ need no replacing on these code pages."""
    assert printable(SPANISH + "£", code_page) == SPANISH + "£"
    assert replaced(SPANISH + "£", code_page) == {}


def test_what_a_code_page_lacks_is_said() -> None:
    """Letters: the oldest code page has no accented capitals; what stands for them is named, never lost in silence."""
    assert replaced(SPANISH, "cp437") == {"Á": "A", "Í": "I", "Ó": "O", "Ú": "U"}
    assert printable("“Já” … 5 €", "cp437") == '"Já" ... 5 EUR'
    assert printable("日本 ☎", "cp858") == "?? ?"
    assert printable("n\u0303\u200b\u202e\x1b[0m", "cp858") == "ñ[0m"


@pytest.mark.parametrize("name", PACKS)
def test_every_word_of_a_pack_is_printable(name: str) -> None:
    """Letters: on the code page that a station begins with, no pack's word has a letter that turns into a question.

    The languages' own names are for the screen alone.
    """
    made = pack(name)
    names = made.words.get("interpreter-names")
    for _, _, text in texts(made):
        for words in text.values() if text != names else ():
            assert "?" not in replaced(words, "cp858").values(), words


def test_settings_and_encoder_know_the_same_paper() -> None:
    """What `station.toml` may say of paper is what the encoder can do."""
    assert set(config.PRINTER_CODE_PAGES) == set(CODE_PAGES)
    assert config.PRINTER_COLUMNS == COLUMNS


def test_only_the_last_piece_moves_paper_on() -> None:
    """Panic: a print that ends anywhere before its last piece feeds and cuts nothing."""
    pieces = escpos.document(plan_sheet(Paper(32, "cp858"), [["one", "two"], ["three"]], "C3D4F"))
    assert pieces[-1] == escpos.FEED + bytes([escpos.FEED_LINES]) + escpos.CUT
    for piece in pieces[:-1]:
        assert escpos.FEED not in piece and b"\x1dV" not in piece and piece.count(b"\n") <= 1
