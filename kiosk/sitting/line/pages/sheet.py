"""A sheet as it will be printed, and the way to the printer: nothing is printed before she says so here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.paper.device import Printed
from kiosk.sitting.line.page import AFRESH, Answer, Choice, Page
from kiosk.sitting.printing import SERVICES, TOLD
from schema.summary import PlanMode

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class SheetPage(Page):
    """Say every line of the sheet. A number prints it, in letters of either height; Enter never does."""

    go_on_word = "paper-none"

    def __init__(self, face: LineFace, kind: str) -> None:
        super().__init__(face)
        self._kind = kind
        assert face.printing is not None
        self._printing = face.printing
        self._told = ""
        """How the last try ended, in words."""
        self._quarter = 0
        """How many quarters of the sheet were told as printed."""

    def blocks(self) -> Iterable[str]:
        """Say how the last try ended, then the sheet."""
        if self._told:
            yield self._told
        yield self.words("paper-title")
        if self._kind != SERVICES:
            yield self.words("paper-code")
        yield ""
        yield from (line.text for line in self._printing.sheet(self._kind, large=False).lines)

    def choices(self) -> Sequence[Choice]:
        """Offer both heights of letters."""
        words = self.words
        label = words("paper-again" if self._told else "paper-print")
        return [Choice(f"{label}: {words('paper-usual')}"), Choice(f"{label}: {words('paper-large')}")]

    async def choose(self, index: int) -> Answer:
        """Print it, and say how that ended. What is typed meanwhile is dropped."""
        self._quarter = -1
        told, sheet_id = await self._printing.put_on_paper(self._kind, large=index == 1, tell=self._tell)
        await self.face.forget()
        if told == TOLD[Printed.DONE]:
            self.go_on_word = "go-on"
            if self._kind != SERVICES:
                self.visit.plan_mode = PlanMode.PRINTED
        code = f" {self.words('paper-code-is', sheet=sheet_id)}" if sheet_id else ""
        self._told = f"{self.words(told)}{code}"
        return AFRESH

    def _tell(self, line: int, lines: int) -> None:
        """Say how far it is, four times a sheet: every line of it would never be heard to the end."""
        quarter = line * 4 // lines
        if quarter != self._quarter:
            self._quarter = quarter
            self.face.say("paper-printing", line=line, lines=lines)


class OpenSheetPage(SheetPage):
    """The list of everyday services, ahead of the privacy gate."""

    private = False
