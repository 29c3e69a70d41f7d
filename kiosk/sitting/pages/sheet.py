"""A sheet as it will be printed, and the way to the printer: nothing is printed before she says so here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.paper.device import Printed
from kiosk.sitting.pages.elements import AFRESH, Block, Kind, Offer
from kiosk.sitting.pages.page import Act, Doing, Page, Reply
from kiosk.sitting.printing import SERVICES, TOLD
from schema.summary import PlanMode

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class SheetPage(Page):
    """Show every line of the sheet. Going on never prints."""

    name = "sheet"

    def __init__(self, sitting: Sitting, kind: str) -> None:
        super().__init__(sitting)
        self.kind = kind
        assert sitting.printing is not None
        self._printing = sitting.printing
        self.chosen = 0
        self._done = False
        self._set: dict[tuple[bool, str], list[Block]] = {}
        self._state = ""
        """How far it is, or how the last try ended, in words."""
        self._told = 0
        """The last quarter of the sheet that was told as printed."""

    @property
    def go_on_word(self) -> str:  # type: ignore[override]
        """Once a sheet is out, going on is no refusal of paper."""
        return "go-on" if self._done else "paper-none"

    def blocks(self) -> Iterable[Block]:
        """Say how the last try ended, then the sheet."""
        yield Block(self.words("paper-title"), Kind.TITLE)
        yield Block(self._state, Kind.STATE)
        yield Block("", Kind.OFFERS)
        if self.kind != SERVICES:
            yield Block(self.words("paper-code"), Kind.HINT)
        elif self.visit.kept:
            yield Block(self.words("paper-hers-help" if self._printing.hers else "paper-nobodys-help"), Kind.HINT)
        yield from self._sheet(self.chosen == 1, self.words.language)

    def _sheet(self, large: bool, language: str) -> list[Block]:
        """Return the sheet's lines. While it prints they are set once, however often is told how far the printer is."""
        if not self.busy or (large, language) not in self._set:
            lines = self._printing.sheet(self.kind, large=large).lines
            blocks = [Block(line.text, Kind.PAPER_BOLD if line.bold else Kind.PAPER) for line in lines]
            self._set = {(large, language): blocks}
        return self._set[large, language]

    def offers(self) -> Sequence[Offer]:
        """Offer both heights of letters."""
        labels = self.words("paper-usual"), self.words("paper-large")
        ahead = f"{self.words(self._print_word)}: " if self.sitting.by_line else ""
        return [Offer(f"{ahead}{label}", chosen=at == self.chosen) for at, label in enumerate(labels)]

    @property
    def _print_word(self) -> str:
        return "paper-again" if self._state and not self.busy else "paper-print"

    def acts(self) -> Iterable[Act]:
        """Offer to print, with the same weight as to go on."""
        if self.kind == SERVICES and self.visit.kept:
            word = "paper-nobodys" if self._printing.hers else "paper-hers"
            yield Act("hers", self.change_number, word, numbered=True)
        yield Act("print", self.print, self._print_word, key="F10", hint="key-print", main=True)

    def change_number(self) -> Reply:
        """Put her own number at the foot, or one that is nobody's again; never while it prints."""
        if self.busy:
            return None
        self._printing.hers = None if self._printing.hers else self.sitting.keeper.number
        return AFRESH

    def answer(self, index: int) -> Doing:
        """A number prints it, in letters of either height."""
        self.pick(index)
        return self.print()

    def print(self) -> Doing:
        """Print it, unless it is on its way already."""
        if self.busy:
            return None
        self.busy, self._told = True, -1
        self._tell(0, 0)
        return self._print()

    async def _print(self) -> Reply:
        try:
            told, sheet_id = await self._printing.put_on_paper(self.kind, large=self.chosen == 1, tell=self._tell)
        finally:
            self.busy = False
        self._done = self._done or told == TOLD[Printed.DONE]
        if told == TOLD[Printed.DONE] and self.kind != SERVICES:
            self.visit.plan_mode = PlanMode.PRINTED
        code = f" {self.words('paper-code-is', sheet=sheet_id)}" if sheet_id else ""
        self._state = f"{self.words(told)}{code}"
        return AFRESH

    def _tell(self, line: int, lines: int) -> None:
        """Say how far it is. Line by line only four times: every line of it would never be heard to the end."""
        self._state = self.words("paper-printing", line=line, lines=lines)
        quarter = line * 4 // lines if lines else 0
        if not self.sitting.by_line or (lines and quarter != self._told):
            self._told = quarter
            self.news(self._state)


class OpenSheetPage(SheetPage):
    """The list of everyday services, ahead of the privacy gate."""

    name = "open-sheet"
    private = False
    heading = "home-title"
