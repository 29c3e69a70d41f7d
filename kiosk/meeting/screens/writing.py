"""The window that writes files beside the meeting: hand-outs, the HMIS lead's file, return files for every agency."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.errors import KioskError
from kiosk.meeting import handouts
from kiosk.meeting.agencies import load
from kiosk.meeting.returning import write_all
from kiosk.meeting.screens.windows import MeetingWindow
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.picker import Picker
from widgets.row import WrapRow

if TYPE_CHECKING:
    from kiosk.meeting.meeting_file import MeetingFile

WHAT = ("hand-out, everybody (XLSX)", "hand-out, everybody (CSV)", "for the HMIS lead (XLSX)", "return files")
AGENCIES, KEYS = "agencies.toml", "*.external-key.*"


class WriteWindow(MeetingWindow[None]):
    """What to write; everything goes beside the meeting's file, and nothing is replaced."""

    AUTO_FOCUS = "Picker"

    def __init__(self, file: MeetingFile, today: date) -> None:
        super().__init__()
        self._file, self._today = file, today
        self._folder = file.path.parent
        self._writing = False

    def compose(self) -> ComposeResult:
        """Lay out the choice and what was written."""
        told = (
            f"Files go beside {self._file.path.name}. Return files need {AGENCIES} and the last merge's external keys "
            "there, one for each agency; take the keys away afterwards."
        )
        with Vertical(classes="dialog"):
            yield Static("Write a file", classes="question")
            yield Static(say(told), classes="hint")
            yield Picker("What", WHAT)
            yield Static("", id="answer")
            with WrapRow():
                yield Button(say("Close"), id="close", compact=True)
                yield Button(say("Write"), id="write", classes="main", compact=True)

    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        if not self._writing:
            self._writing = True  # the button stays as it is: the focus would leave it for the one that closes
            self.query_one("#answer", Static).update("Writing.")
            self.run_worker(self._written(self.query_one(Picker).index), exclusive=True)

    async def _written(self, what: int) -> None:
        try:
            said = await asyncio.to_thread(self._do, what)
        except KioskError as error:
            said = f"! {error} {error.hint}"
        self.query_one("#answer", Static).update(say(said))
        self._writing = False

    def _do(self, what: int) -> str:
        if what == WHAT.index("return files"):
            return "\n".join(self._returns())
        meeting = self._file.meeting
        lead = what == WHAT.index("for the HMIS lead (XLSX)")
        table = handouts.for_the_hmis_lead(meeting) if lead else handouts.everybody(meeting, self._today)
        suffix = ".csv" if WHAT[what].endswith("(CSV)") else ".xlsx"
        path = self._free("hmis-lead" if lead else "list", suffix)
        handouts.write(path, table)
        return f"{path.name} holds {table.height:,} rows."

    def _returns(self) -> list[str]:
        keys = sorted(path for path in self._folder.glob(KEYS) if self._of_this_list(path))
        folder = self._free("returns", "")
        return list(write_all(self._file, keys, load(self._folder / AGENCIES), folder))

    def _of_this_list(self, path: Path) -> bool:
        """Whether a key is of the present list; those of former ones may still lie there."""
        return path.suffix != ".csv" or self._file.meeting.list_id in path.read_text("utf-8", "replace")

    def _free(self, stem: str, suffix: str) -> Path:
        """A name that nothing has yet."""
        day = self._today.isoformat()
        names = [f"{stem}-{day}{suffix}", *(f"{stem}-{day}-{at}{suffix}" for at in range(2, 100))]
        return next(path for name in names if not (path := self._folder / name).exists())
