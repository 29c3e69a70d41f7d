"""What the database file's own times may tell: the month."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path


def blur_times(path: Path) -> None:
    """Set a database's times to the first of the month, so that they do not tell when the last record came.

    The kernel keeps a time of its own (ctime) that no program can set; docs/seal-format.md says so.
    """
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()
    for each in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            os.utime(each, (month, month), follow_symlinks=False)
