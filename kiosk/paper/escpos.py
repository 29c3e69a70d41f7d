"""ESC/POS, the language of receipt printers: a sheet as pieces of bytes, one line of paper each."""

from __future__ import annotations

from typing import Final

from kiosk.paper.letters import CODE_PAGES, printable
from kiosk.paper.sheets import Sheet, SheetLine

INITIALISE: Final = b"\x1b@"
"""Forget what came before: letters, sizes, and half a line that somebody else's end left in the printer."""
CODE_PAGE: Final = b"\x1bt"
BOLD_ON: Final = b"\x1bE\x01"
BOLD_OFF: Final = b"\x1bE\x00"
USUAL_SIZE: Final = b"\x1d!\x00"
DOUBLE_HEIGHT: Final = b"\x1d!\x01"
FEED: Final = b"\x1bd"
CUT: Final = b"\x1dV\x00"
LINE_END: Final = b"\n"

FEED_LINES: Final = 6
"""Lines between the last letters and the knife."""


def document(sheet: Sheet) -> list[bytes]:
    """Return a sheet piece by piece: the start, each line whole, and at the very end the feed and the cut.

    No piece but the last moves paper by more than its own line, so that whoever stops in between stops the paper.
    """
    return [start(sheet), *(line(sheet, each) for each in sheet.lines), end()]


def start(sheet: Sheet) -> bytes:
    """Set the printer up for a sheet."""
    code_page = CODE_PAGE + bytes([CODE_PAGES[sheet.paper.code_page]])
    return INITIALISE + code_page + (DOUBLE_HEIGHT if sheet.large else USUAL_SIZE)


def line(sheet: Sheet, each: SheetLine) -> bytes:
    """Return one line of paper. No control byte of any text gets in: what is no letter of the code page is gone."""
    letters = printable(each.text, sheet.paper.code_page).encode(sheet.paper.code_page)
    return (BOLD_ON + letters + BOLD_OFF if each.bold else letters) + LINE_END


def end() -> bytes:
    """Feed the last lines past the knife, and cut."""
    return FEED + bytes([FEED_LINES]) + CUT
