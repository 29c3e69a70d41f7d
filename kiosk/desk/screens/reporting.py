"""The window that publishes a report: the totals of a month or quarter that is over, small numbers hidden."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.desk.screens.writing import FileWindow


class ReportWindow(FileWindow):
    """A month or quarter, and a file that ends in .html or .csv. What is published stays as it is."""

    question = "Write a report for a board"
    explained = (
        "Totals only; 1 to 10 stay hidden. What is published once stays as it is: bring every station's records here "
        "first, and lock and open the desk afterwards."
    )
    proposed = "report.html"
    meanwhile = "Counting, and proving that no small number can be worked out."

    def choices(self) -> Iterable[Widget]:
        """The month or quarter, the last month at first."""
        last = date.today().replace(day=1) - timedelta(days=1)
        yield Static("Month (2026-10) or quarter (2026-Q4)", classes="hint")
        yield Input(last.strftime("%Y-%m"), max_length=7, id="period")

    async def write(self, untrusted_name: str) -> str:
        """Publish it, or write again what was published. Raises KioskError."""
        return await self.desk.report(untrusted_name, self.query_one("#period", Input).value.strip())
