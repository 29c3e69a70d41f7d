"""Printing on a real device: what comes out, and what stops it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from kiosk.paper import escpos
from tests.printer import Printer
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.way import PACK, START, W, awake, go, title

DONE: Final = W("paper-done")
LAST: Final = max((each.label["en"] for each in PACK.resources if each.on_home), key=str.casefold)
"""The last name on the list of services."""


@pytest.fixture
def printer() -> Iterator[Printer]:
    made = Printer()
    yield made
    made.close()


def print_services(console: Console) -> None:
    """From the home page to a list of services that has begun to come out."""
    console.wait_for(START)
    console.click(*console.find(W("paper-list")))
    go(console, ((b"", title("paper")), (b"1\r", title("paper-title"))))
    console.press("f10")


def test_leaving_stops_the_paper(start_kiosk: Start, printer: Printer) -> None:
    """P2, P3, G9: panic in the middle of a print feeds and cuts nothing; the next visitor prints on the same device."""
    console = start_kiosk(printer=printer.path)
    print_services(console)
    console.wait(lambda: printer.read().count(b"\n") >= 3, "lines on paper")
    ended = console.live()
    console.press("f12")
    console.wait_for(START)
    console.gone(ended)
    half = printer.read()
    assert half.startswith(escpos.INITIALISE) and escpos.end() not in half and LAST.encode() not in half
    awake(console)
    assert printer.read() == half
    print_services(console)
    console.wait_for(DONE)
    whole = printer.read()[len(half) :]
    assert whole.startswith(escpos.INITIALISE) and LAST.encode() in whole
    assert whole.endswith(escpos.end()) and whole.count(escpos.CUT) == 1
    assert printer.path not in console.screen_text()
    console.press("f12")
    console.wait_for(START)


def test_a_printer_that_is_not_there_is_a_sentence(start_kiosk: Start, printer: Printer) -> None:
    """G9: a kiosk starts without its printer, says so where somebody prints, and goes on."""
    path = printer.path
    printer.close()
    console = start_kiosk(printer=path)
    print_services(console)
    console.wait_for(W("paper-gone")[:40])
    console.send(b"\r")
    console.wait_for(START)


def test_line_by_line_too(start_kiosk: Start, printer: Printer) -> None:
    """MO-19, P2: a line sitting prints the same list on the same device, and panic stops it at once."""
    console = start_kiosk("--line", printer=printer.path, rows=60)
    console.wait_for(START)
    way = ((f"{W('paper-list')}\r".encode(), title("paper")),)
    go(console, (*way, (b"1\r", W("paper-title")), (b"1\r", DONE)))
    whole = printer.read()
    assert whole.startswith(escpos.INITIALISE) and LAST.encode() in whole and whole.endswith(escpos.end())
    console.send(b"1\r")
    console.wait(lambda: len(printer.read()) > len(whole) + 40, "a second sheet has begun")
    console.press("f12")
    console.wait_for(START)
    assert printer.read().count(escpos.CUT) == 1
