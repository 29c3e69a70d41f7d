"""Paper in a sitting: which sheets there are, and one at a time on its way to the printer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from kiosk.paper import device, escpos
from kiosk.paper.device import Printed
from kiosk.paper.sheets import FEWEST_SERVICES, Entry, Paper, Sheet, plan_sheet, resource_sheet
from kiosk.sitting.directory import on_home
from kiosk.sitting.planning import GAP, chosen_lines
from kiosk.terminal.control import PRINTER
from kiosk.vault.numbers import show

if TYPE_CHECKING:
    from kiosk.sitting.snapshot import Settings
    from kiosk.sitting.visit import Visit
    from kiosk.sitting.words import Words
    from kiosk.terminal.control import Control
    from schema.pack import Pack
    from schema.services import Service

SERVICES: Final = "services"
"""The mixed list, which is nobody's (MO-40)."""
PLAN: Final = "plan"
"""Her plan."""
COPY: Final = "copy"
"""Her plan for somebody who keeps it for her (OX-05)."""

TOLD: Final = {Printed.DONE: "paper-done", Printed.STUCK: "paper-stuck", Printed.GONE: "paper-gone"}
"""How printing ended, by the key of the words that say so."""

UNCOUNTED: Final = "paper-uncounted"
"""Key of the words that say that a sheet could not be entered in the ledger."""

LOOK_SECONDS: Final = 0.02
OPENING_LOOKS: Final = 250
"""Looks at the control line, each after `LOOK_SECONDS`, until a printer that was asked for counts as gone."""

NO_ID_YET: Final = "....."
"""Stands on the page where the sheet's id will stand on paper."""

NO_NUMBER_YET: Final = "... ... .."
"""Stands on the page where the number will stand on paper."""


def prints(settings: Settings, pack: Pack) -> bool:
    """Whether anything is printed here: where this station has a printer, and the pack has words about paper."""
    return bool(settings.printer_columns and not settings.practice and any(each.id == "paper" for each in pack.pages))


class Printing:
    """Makes the sheets of one sitting, and prints them."""

    line_seconds = device.LINE_SECONDS
    """Seconds between lines."""
    stuck_seconds = device.STUCK_SECONDS
    """Seconds after which a printer that takes nothing is told as stuck."""

    def __init__(
        self,
        settings: Settings,
        visit: Visit,
        words: Callable[[], Words],
        counted: Callable[[], Awaitable[str | None]],
        numbered: Callable[[], Awaitable[int | None]],
        control: Control | None,
    ) -> None:
        """`counted` has a sheet entered in the ledger and returns its id; over `control` a printer is handed in.

        `numbered` draws the number at the foot of a sheet of services.
        """
        self._visit = visit
        self._words = words
        self._counted = counted
        self._numbered = numbered
        self.hers: int | None = None
        """Her own number, where she asked for it at the foot of the sheet of services; else one that is nobody's."""
        self._control = control
        self.plans = settings.paper_ledger
        """Whether plans are printed here, and not only lists."""
        self._paper = Paper(settings.printer_columns, settings.printer_codepage)
        self._ids: dict[str, str] = {}
        """Ids of sheets that have not come out whole: another try prints the same sheet."""

    def sheet(self, kind: str, *, large: bool, sheet_id: str = NO_ID_YET, number: int | None = None) -> Sheet:
        """Return a sheet of one kind as it will be printed; code words are left open (MO-36)."""
        visit, words = self._visit, self._words()
        if kind == SERVICES:
            number = self.hers or number
            foot = words("paper-number", number=NO_NUMBER_YET if number is None else show(number))
            return resource_sheet(self._paper, self._services(), foot, large=large)
        parts = [lines for _, lines in chosen_lines(visit, words, mask=GAP)]
        ahead = words("paper-keeper") if kind == COPY else ""
        return plan_sheet(self._paper, parts, sheet_id, ahead=ahead, large=large)

    def _services(self) -> list[Entry]:
        """The county's ordinary services, filled up from everywhere where it has too few of its own."""
        from dataclasses import replace

        visit, words = self._visit, self._words()
        near = on_home(visit, words)
        if len(near) < FEWEST_SERVICES:
            near += [each for each in on_home(replace(visit, county=None), words) if each not in near]
        return [_entry(service) for service in near]

    async def put_on_paper(self, kind: str, *, large: bool, tell: Callable[[int, int], None]) -> tuple[str, str]:
        """Print one sheet; tell line and lines as they go. Returns the key of what to say, and the sheet's id.

        A sheet that is hers is entered in the paper ledger first (MO-11): without an entry nothing is printed.
        """
        printer = await self._opened()
        try:
            return await self._print(printer, kind, large=large, tell=tell)
        finally:
            if printer >= 0:
                os.close(printer)

    async def _opened(self) -> int:
        """Have the printer opened and handed in; -1 for none, or none in time."""
        line = self._control
        if line is None:
            return -1
        if line.printer is not None and line.printer >= 0:
            os.close(line.printer)  # it came too late, and was nobody's
        line.printer = None
        line.send(PRINTER)
        for _ in range(OPENING_LOOKS):
            if line.printer is not None:
                break
            await asyncio.sleep(LOOK_SECONDS)
        handed, line.printer = line.printer, None
        return -1 if handed is None else handed

    async def _print(
        self, printer: int, kind: str, *, large: bool, tell: Callable[[int, int], None]
    ) -> tuple[str, str]:
        if printer < 0 or not device.there(printer):
            return TOLD[Printed.GONE], ""
        sheet_id, number = "", self.hers
        if kind == SERVICES:
            number = number or await self._numbered()
            if number is None:
                return UNCOUNTED, ""
        else:
            sheet_id = self._ids.get(kind) or await self._counted() or ""
            if not sheet_id:
                return UNCOUNTED, ""
            self._ids[kind] = sheet_id
        pieces = escpos.document(self.sheet(kind, large=large, sheet_id=sheet_id, number=number))
        ended = await device.send(
            pieces,
            lambda count: tell(count, len(pieces)),
            descriptor=printer,
            line_seconds=self.line_seconds,
            stuck_seconds=self.stuck_seconds,
        )
        if ended is Printed.DONE:
            self._ids.pop(kind, None)
        return TOLD[ended], sheet_id


def _entry(service: Service) -> Entry:
    return Entry(service.label, service.phone, service.does)
