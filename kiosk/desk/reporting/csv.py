"""A report as CSV: a block of lines for each table, as a spreadsheet shows it."""

from __future__ import annotations

import csv
import io

from kiosk.desk.reporting import words
from schema.report import Report


def as_csv(report: Report) -> bytes:
    """The report: UTF-8, commas. Its texts are the program's own and codes; none begins as a formula would."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((words.heading(report),))
    for table in report.tables:
        writer.writerow(())
        writer.writerow((words.title(table), *words.columns(table)))
        writer.writerows(words.lines(table))
    writer.writerow(())
    writer.writerows((note,) for note in words.NOTES)
    return text.getvalue().encode()
