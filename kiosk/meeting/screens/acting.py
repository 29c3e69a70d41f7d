"""What can be done in a meeting, and what is asked ahead of it.

Every act is written to the file before its key is answered; where the file cannot be written, the act is taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.meeting.acts import Acts
from kiosk.meeting.record import What
from kiosk.meeting.screens.drawn import DrawnMeeting
from kiosk.meeting.screens.windows import CodeWindow, DayWindow, ReasonsWindow, VacancyWindow

if TYPE_CHECKING:
    from kiosk.meeting.meeting_file import MeetingFile
    from kiosk.meeting.vacancy import Vacancy


class ActingMeeting(DrawnMeeting):
    """Acts on the row under the cursor, and on the vacancy that is marked."""

    def __init__(self, file: MeetingFile, who: str, today: date) -> None:
        super().__init__(file, today)
        self._acts = Acts(file.meeting, who, today)
        self._writing = False

    def _do(self, act: Callable[[], object]) -> None:
        """Do something, write it, and only then say so."""
        if not self._writing:
            self._writing = True
            self.run_worker(self._done(act), group="act")

    async def _done(self, act: Callable[[], object]) -> None:
        number, before = self.number, len(self.meeting.changes)
        try:
            said = act()
            self.meeting.looked_at = number
            try:
                await asyncio.to_thread(self._file.save)
            except KioskError:
                if len(self.meeting.changes) > before:
                    self._acts.undo()
                raise
            last = self.meeting.changes[-1].words
            self._said = f"Taken back: {said}" if isinstance(said, str) else f"U takes back: {last}"
        except KioskError as error:
            self._said = f"! {error} {error.hint}"
        self._writing = False
        self._refresh()

    def action_person(self, act: str) -> None:
        """Do something with the row under the cursor."""
        number = self.number
        if number:
            self._do(lambda: getattr(self._acts, act)(number))

    def action_give(self, how: str) -> None:
        """Refer or offer, after a reason for everybody above who fits and has nothing."""
        number, code = self.number, self.code
        if not number or not code:
            self._say("! There is no vacancy: + enters one.")
            return
        passed = self.meeting.above(number, code)
        what = f"{how.capitalize()} {code} to {number}"
        if passed:
            self.app.push_screen(
                ReasonsWindow(self.meeting, passed, what),
                lambda reasons: self._given(how, number, code, reasons),
            )
        else:
            self._given(how, number, code, {})

    def _given(self, how: str, number: str, code: str, reasons: dict[str, str] | None) -> None:
        if reasons is None:
            return
        if how == "refer":
            self._do(lambda: self._acts.refer(number, code, reasons))
            return

        def by(day: date | None) -> None:
            if day is not None:
                self._do(lambda: self._acts.offer(number, code, day, reasons))

        self.app.push_screen(DayWindow(f"Offer {code} to {number}", self._today), by)

    def action_declined(self) -> None:
        """The offer was declined, with a reason or without."""
        number = self.number

        def told(reason: str | None) -> None:
            if reason is not None:
                self._do(lambda: self._acts.declined(number, reason))

        if number:
            codes = self.meeting.codes.reasons
            self.app.push_screen(CodeWindow(f"{number} declined: why?", codes, none="no reason was said"), told)

    def action_pass_over(self) -> None:
        """Pass the row under the cursor over for the vacancy that is marked."""
        number, code = self.number, self.code

        def told(reason: str | None) -> None:
            if reason is not None:
                self._do(lambda: self._acts.pass_over(number, code, reason))

        if number and code:
            self.app.push_screen(CodeWindow(f"Pass {number} over for {code}: why?", self.meeting.codes.reasons), told)

    def action_note(self) -> None:
        """Note a code of the row under the cursor."""
        number = self.number

        def told(code: str | None) -> None:
            if code is not None:
                self._do(lambda: self._acts.note(number, code))

        if number and self.meeting.codes.notes:
            self.app.push_screen(CodeWindow(f"Note of {number}", self.meeting.codes.notes), told)

    def action_vacancy(self, new: bool) -> None:
        """Enter a vacancy, or change the one that is marked."""
        before = None if new else self.meeting.vacancies.get(self.code)
        if not new and before is None:
            return
        made = sum(each.what is What.MADE for each in self.meeting.changes)

        def told(vacancy: Vacancy | None) -> None:
            if vacancy is not None:
                self._do(lambda: self._acts.vacancy(vacancy))

        self.app.push_screen(VacancyWindow(before, f"V-{made + 1:02d}"), told)

    def action_close_vacancy(self) -> None:
        """Close the vacancy that is marked."""
        code = self.code
        if code:
            self._do(lambda: self._acts.close(code))

    def action_undo(self) -> None:
        """Take back the last act of this meeting."""
        self._do(self._acts.undo)
