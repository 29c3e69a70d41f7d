"""The external list as a file: UTF-8, commas, a header, one row a number, the same bytes for the same list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from schema.external import COLUMNS, ExternalRow


def as_csv(rows: Iterable[ExternalRow]) -> bytes:
    """The list. Every cell is a code that `ExternalRow` has checked: none begins as a formula would."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in rows)
    return text.getvalue().encode()
