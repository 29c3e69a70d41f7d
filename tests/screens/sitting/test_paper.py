"""Paper: asked for twice, shown before it is printed, and never in the way."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.paper import escpos
from kiosk.sitting.pages.sheet import SheetPage
from kiosk.sitting.steps import (
    HOME,
    KEPT,
    OPEN_PAPER,
    OPEN_SHEET,
    PAPER,
    PAPER_HOME,
    PLAN_SHEET,
    SERVICES_SHEET,
    TAKE,
    Step,
)
from kiosk.vault.numbers import show
from schema.summary import PlanMode
from tests.kit import pack, snapshot
from tests.printer import Printer
from tests.screens.counting import NOBODYS, SHEET, Counting
from tests.screens.sitting.stage import Seat, seat

SECTION = pack().sections[0].id


def sitting(step: Step, *, clerk: Counting | None = None, **settings: Any) -> Any:
    """A seat at a station with a printer."""
    settings = {"printer_columns": 42, **settings}
    return seat(step, size=(80, 60), keeper=clerk or Counting(), **settings)


def plan(at: Seat) -> None:
    """Give her a plan of one line of her own."""
    at.app.sitting.visit.plan.own[SECTION] = ["call my sister"]


async def ended(at: Seat) -> SheetPage:
    """Wait for the end of a print; return its page."""
    page = at.shown.page
    assert isinstance(page, SheetPage)
    for _ in range(400):
        if not page.busy:
            await at.pilot.pause()
            return page
        await at.pilot.pause(0.01)
    raise AssertionError("the print never ended")


@pytest.mark.parametrize("role", ["advocate", "reporter", "social-worker", "staff"])
async def test_paper_is_offered_where_policy_and_printer_allow(role: str) -> None:
    """SC-01, SC-02: in California an advocate's visitor alone gets a plan on paper; without a printer nobody does."""
    async with sitting(TAKE, name="us-ca-county", role=role) as at:
        assert ("On paper" in at.words) == (role == "advocate")
    async with sitting(TAKE, name="us-ca-county", role=role, printer_columns=0) as at:
        assert "On paper" not in at.words and at.app.sitting.printing is None


async def test_without_a_ledger_no_plan_is_offered_on_paper() -> None:
    """MO-11: where a sheet could not be counted, the list of services is all that is printed."""
    async with sitting(TAKE, paper_ledger=False) as at:
        assert "On paper" not in at.words
    async with sitting(HOME, paper_ledger=False) as at:
        assert at.app.screen.query("#paper")


async def test_a_practice_round_prints_nothing() -> None:
    """Practice: paper is not offered, whatever the settings say."""
    async with sitting(TAKE, name="practice", practice=True) as at:
        assert at.app.sitting.printing is None and "On paper" not in at.words
    async with sitting(HOME, name="practice", practice=True) as at:
        assert not at.app.screen.query("#paper")


async def test_two_questions_come_before_the_sheet(printer: Printer) -> None:
    """MO-41, SL-03: would paper be okay, is it safe to take home, then what will be printed; nothing is, so far."""
    clerk = Counting()
    async with sitting(TAKE, clerk=clerk) as at:
        plan(at)
        await at.press(str(list(at.app.screen.page.ways).index("paper") + 1), "enter")
        assert at.app.sitting.flow.step == PAPER
        await at.see("Would paper be okay?")
        await at.press("1", "enter")
        assert at.app.sitting.flow.step == PAPER_HOME
        for words in ("Who might find it there?", "Where could you put it?", "take a photo"):
            await at.see(words)
        await at.press("3", "enter")
        assert at.app.sitting.flow.step == PLAN_SHEET
        await at.see("- call my sister")
        assert at.app.sitting.visit.plan_mode is not PlanMode.PRINTED
        assert printer.read() == b"" and clerk.sheets == 0


@pytest.mark.parametrize("step", [PAPER, PAPER_HOME, PLAN_SHEET])
async def test_enter_alone_prints_nothing(step: Step, printer: Printer) -> None:
    """MO-41: on each page of the way nothing is chosen at first, and Enter goes on without paper."""
    clerk = Counting()
    async with sitting(step, clerk=clerk) as at:
        plan(at)
        await at.press("enter")
        assert at.app.sitting.flow.step.page not in ("paper", "paper-home", "sheet")
        assert printer.read() == b"" and clerk.sheets == 0
        assert at.app.sitting.visit.plan_mode is PlanMode.NONE


async def test_a_plan_is_printed_as_it_is_shown(printer: Printer) -> None:
    """MO-11, OR-19: F10 has the sheet counted and prints the lines of the page; the summary holds a code for it."""
    clerk = Counting()
    async with sitting(PLAN_SHEET, clerk=clerk) as at:
        plan(at)
        await at.app.screen.say_anew()
        await at.see("- call my sister")
        await at.press("f10")
        await ended(at)
        await at.see(f"The code on it is {SHEET}.")
        shown = at.app.sitting.printing.sheet("plan", large=False, sheet_id=SHEET)
        assert printer.read() == b"".join(escpos.document(shown))
        assert b"call my sister" in printer.came and SHEET.encode() in printer.came
        assert clerk.sheets == 1
        assert at.app.sitting.visit.plan_mode is PlanMode.PRINTED
        await at.press("enter")
        assert at.app.sitting.flow.step.page in ("release", "review")


async def test_tall_letters_are_printed_tall(printer: Printer) -> None:
    """Large print: chosen on the page, sent to the printer."""
    async with sitting(PLAN_SHEET) as at:
        plan(at)
        at.app.screen.query_one("#first").focus()
        await at.press("2", "f10")
        await ended(at)
        assert escpos.DOUBLE_HEIGHT in printer.read()


async def test_code_words_stay_off_the_paper(printer: Printer) -> None:
    """MO-36: a code word is a gap on paper, to be written in by hand."""
    whole = pack()
    line, gap = next(
        (line, name)
        for section in whole.sections
        for line in section.lines
        for name, blank in line.blanks.items()
        if blank.masked
    )
    async with sitting(PLAN_SHEET) as at:
        at.app.sitting.visit.plan.line(line.id).ticked = True
        at.app.sitting.visit.plan.line(line.id).blanks[gap] = "pineapple"
        await at.press("f10")
        await ended(at)
        assert b"____" in printer.read() and b"pineapple" not in printer.came and b"***" not in printer.came


async def test_a_copy_for_somebody_who_keeps_it(printer: Printer) -> None:
    """OX-05: her plan for somebody else, as a sheet of its own."""
    clerk = Counting()
    async with sitting(PAPER_HOME, clerk=clerk) as at:
        plan(at)
        await at.press("4", "enter")
        await at.see("Please keep this for me.")
        await at.press("f10")
        await ended(at)
        assert b"Please keep this for me." in printer.read() and b"call my sister" in printer.came
        assert clerk.sheets == 1


async def test_the_safer_offer_holds_nothing_of_hers(printer: Printer) -> None:
    """MO-40, SL-03: the mixed list is counted nowhere, has no id, and leaves no mark on the summary."""
    clerk = Counting()
    async with sitting(SERVICES_SHEET, clerk=clerk) as at:
        plan(at)
        await at.press("f10")
        await ended(at)
        assert printer.read().endswith(escpos.CUT)
        assert b"sister" not in printer.came and SHEET.encode() not in printer.came
        assert clerk.sheets == 0
        assert at.app.sitting.visit.plan_mode is PlanMode.NONE


async def test_the_list_is_offered_where_it_is_not_private(printer: Printer) -> None:
    """MO-19, MO-40: on the neutral page the list can be had on paper, after the question, and leads back there."""
    async with sitting(HOME) as at:
        await at.click("#paper")
        assert at.app.sitting.flow.step == OPEN_PAPER
        assert "Changed" not in at.text
        await at.press("1", "enter")
        await at.see("This goes on the paper")
        await at.press("f10")
        await ended(at)
        assert printer.read().endswith(escpos.CUT)
        await at.press("enter")
        assert at.app.sitting.flow.step == HOME


async def test_an_unplugged_printer_is_a_sentence(printer: Printer) -> None:
    """G9: a printer that is gone is said, nothing is counted, and she goes on."""
    clerk = Counting()
    printer.unplug()
    async with sitting(PLAN_SHEET, clerk=clerk) as at:
        plan(at)
        await at.press("f10")
        await ended(at)
        await at.see("The printer does not answer.")
        assert clerk.sheets == 0 and at.app.sitting.visit.plan_mode is PlanMode.NONE
        await at.press("enter")
        assert at.app.sitting.flow.step.page in ("release", "review")


async def test_a_stuck_printer_is_a_sentence_and_a_second_try(printer: Printer) -> None:
    """G9: a printer that takes no more is said; another try prints the same sheet under the same id."""
    clerk = Counting()
    async with sitting(PLAN_SHEET, clerk=clerk) as at:
        at.app.sitting.visit.plan.own[SECTION] = ["call my sister " * 3000]
        at.app.screen.action_press("f10")
        await ended(at)
        await at.see("The printer stopped.")
        assert at.app.sitting.visit.plan_mode is PlanMode.NONE
        plan(at)
        printer.read()
        await at.press("f10")
        await ended(at)
        await at.see("It is printed.")
        assert clerk.sheets == 1


async def test_a_sheet_that_cannot_be_counted_is_not_printed(printer: Printer) -> None:
    """MO-11: without an entry in the ledger no plan goes on paper."""
    async with sitting(PLAN_SHEET, clerk=Counting(silent=True)) as at:
        plan(at)
        await at.press("f10")
        await ended(at)
        await at.see("Nothing was printed.")
        assert printer.read() == b""


@pytest.mark.parametrize("size", [(80, 24), (40, 20)], ids=["80x24", "40x20"])
@pytest.mark.parametrize("step", [PAPER, PAPER_HOME, PLAN_SHEET], ids=["paper", "home", "sheet"])
async def test_the_pages_speak_spanish_at_both_sizes(step: Step, size: tuple[int, int]) -> None:
    """Languages: the pages of paper are whole in Spanish, at both sizes, and no word shows its key."""
    given = snapshot(printer_columns=32, language="es")
    async with seat(step, size=size, given=given) as at:
        plan(at)
        await at.see(
            {"paper": "Le viene bien", "paper-home": "seguro en su casa", "sheet": "va en el papel"}[step.page]
        )
        assert "paper-" not in at.text


def foot(at: Seat) -> str:
    """The last line of the sheet, as the page shows it."""
    return str([block.text for block in at.shown.page.blocks()][-1])


async def test_every_list_of_services_ends_with_a_number(printer: Printer) -> None:
    """Slip: ahead of the gate as behind it, a number stands at the foot, nobody's; without one nothing is printed."""
    for step in (OPEN_SHEET, SERVICES_SHEET):
        async with sitting(step) as at:
            assert foot(at) == "Sheet number: ... ... .."
            assert not at.app.screen.query("#hers")
            before = len(printer.read())
            await at.press("f10")
            await ended(at)
            assert f"Sheet number: {show(NOBODYS)}".encode() in printer.read()[before:]
    async with sitting(SERVICES_SHEET, clerk=Counting(silent=True)) as at:
        so_far = printer.read()
        await at.press("f10")
        await ended(at)
        await at.see("Nothing was printed.")
        assert printer.read() == so_far


async def test_her_number_stands_there_where_she_asks_for_it(printer: Printer) -> None:
    """Slip: after Keep and both questions; the words never go on paper, and earlier copies are to be destroyed."""
    async with sitting(KEPT) as at:
        kept = at.app.sitting
        kept.keeper.number, kept.keeper.phrase, kept.visit.kept = 10_000_005, "acorn bagel cello", True
        await at.press("f7", "f7")
        await at.click("#paper")
        await at.press("1", "enter")
        assert at.app.sitting.flow.step == PAPER_HOME and "My plan" not in at.words
        await at.press("2", "enter")
        await at.see("The number at the end is nobody's.")
        await at.click("#hers")
        assert foot(at) == f"Sheet number: {show(10_000_005)}"
        assert "Give earlier copies to the staff to destroy." in at.words
        await at.press("f10")
        await ended(at)
        assert f"Sheet number: {show(10_000_005)}".encode() in printer.read()
        assert not any(word.encode() in printer.came for word in kept.keeper.phrase.split())
        await at.click("#hers")
        assert foot(at) == "Sheet number: ... ... .."
        await at.click("#go-on")
        assert at.page == "KeptPage"
