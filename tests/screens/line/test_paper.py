"""Paper, line by line: asked for twice, said before it is printed, and never in the way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kiosk.paper import escpos
from kiosk.sitting.steps import HOME, OPEN_PAPER, PAPER, PAPER_HOME, PLAN_SHEET, SERVICES_SHEET, TAKE, Step
from schema.summary import PlanMode
from tests.kit import pack
from tests.printer import Printer
from tests.screens.counting import SHEET, Counting
from tests.screens.line.stage import Seat, seat
from tests.terminal.way import W

SECTION = pack().sections[0].id


def sitting(step: Step, clerk: Counting | None = None, **settings: Any) -> Any:
    """A seat at a station with a printer."""
    return seat(step, clerk=clerk or Counting(), **{"printer_columns": 42, **settings})


def plan(at: Seat) -> None:
    """Give her a plan of one line of her own."""
    at.face.sitting.visit.plan.own[SECTION] = ["call my sister"]


async def printed(at: Seat, choice: str, *ends: str) -> None:
    """Choose a height of letters, and wait for the end of the print."""
    await at.say(choice)
    for _ in range(400):
        if any(W(end) in at.text for end in ends):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"the print never ended\n{at.text}")


async def test_paper_is_offered_where_there_is_a_printer() -> None:
    """SC-02: with a printer the plan can go on paper; without one nothing is said of it."""
    async with sitting(TAKE) as at:
        assert W("take-paper") in at.text
    async with sitting(TAKE, printer_columns=0) as at:
        assert W("take-paper") not in at.text and W("take-spoken") in at.text
    async with sitting(HOME, printer_columns=0) as at:
        assert W("paper-list") not in at.text and W("call-first-all") in at.text


async def test_two_questions_come_before_the_sheet(printer: Printer) -> None:
    """MO-41, SL-03: would paper be okay, is it safe to take home, then what will be printed; nothing is, so far."""
    clerk = Counting()
    async with sitting(TAKE, clerk) as at:
        plan(at)
        await at.say(str(1 + at.face.sitting.visit.policy.ways.index("paper")))
        assert at.step == PAPER and "Would paper be okay?" in at.text
        await at.say("1")
        assert at.step == PAPER_HOME and "Who might find it there?" in at.text
        await at.say("3")
        assert at.step == PLAN_SHEET and "- call my sister" in at.text
        assert printer.read() == b"" and clerk.sheets == 0


@pytest.mark.parametrize("step", [PAPER, PAPER_HOME, PLAN_SHEET])
async def test_enter_alone_prints_nothing(step: Step, printer: Printer) -> None:
    """MO-41: Enter goes on without paper, wherever it is pressed."""
    clerk = Counting()
    async with sitting(step, clerk) as at:
        plan(at)
        await at.say("")
        assert at.step.page not in ("paper", "paper-home", "sheet")
        assert printer.read() == b"" and clerk.sheets == 0 and at.face.sitting.visit.plan_mode is PlanMode.NONE


@pytest.mark.parametrize(("choice", "large"), [("1", False), ("2", True)])
async def test_a_plan_is_printed_as_it_is_said(choice: str, large: bool, printer: Printer) -> None:
    """MO-11, OR-19: the sheet is counted and printed in the letters chosen; its end is said, with its code."""
    clerk = Counting()
    async with sitting(PLAN_SHEET, clerk) as at:
        plan(at)
        await printed(at, choice, "paper-done")
        assert W("paper-code-is", sheet=SHEET) in at.text and W("paper-again") in at.text
        printing = at.face.sitting.printing
        assert printing is not None
        shown = printing.sheet("plan", large=large, sheet_id=SHEET)
        assert printer.read() == b"".join(escpos.document(shown)) and b"call my sister" in printer.came
        assert clerk.sheets == 1 and at.face.sitting.visit.plan_mode is PlanMode.PRINTED


async def test_the_safer_offer_holds_nothing_of_hers(printer: Printer) -> None:
    """MO-40, SL-03: the mixed list is counted nowhere, has no id, and leaves no mark on the summary."""
    clerk = Counting()
    async with sitting(SERVICES_SHEET, clerk) as at:
        plan(at)
        await printed(at, "1", "paper-done")
        assert printer.read().endswith(escpos.CUT) and b"sister" not in printer.came
        assert clerk.sheets == 0 and at.face.sitting.visit.plan_mode is PlanMode.NONE


async def test_the_list_is_offered_where_it_is_not_private(printer: Printer) -> None:
    """MO-19, MO-40: among ordinary services the list can be had on paper, after the question, and leads back there."""
    async with sitting(HOME) as at:
        await at.say(W("paper-list"))
        assert at.step == OPEN_PAPER
        await at.say("1")
        await printed(at, "1", "paper-done")
        assert printer.read().endswith(escpos.CUT)
        await at.say("")
        assert at.step == HOME


async def test_a_printer_that_fails_is_a_sentence(printer: Printer) -> None:
    """G9: unplugged, or a ledger that cannot count: said at once, nothing printed, and she goes on."""
    async with sitting(PLAN_SHEET, Counting(silent=True)) as at:
        plan(at)
        await printed(at, "1", "paper-uncounted")
        printer.unplug()
        await printed(at, "1", "paper-gone")
        assert at.face.sitting.visit.plan_mode is PlanMode.NONE
        await at.say("")
        assert at.step.page in ("release", "review")
