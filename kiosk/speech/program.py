"""Finding the program that reads aloud, and saying so where there is none."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import Final

from kiosk.launch.environment import PATH

READING_SECONDS: Final = 3.0
"""Seconds that an operator has to read a notice before the home page takes its place."""

MISSING: Final = "Reading aloud is set, and espeak-ng is not here"
MEND: Final = "Install it (`apt-get install espeak-ng`), or set `speech` to `off` in `station.toml`."


def find(speech: str) -> str | None:
    """Return the whole path of the program that a station's setting names; `None` for `off` or where there is none."""
    return None if speech == "off" else shutil.which(speech, os.X_OK, PATH)


def found_or_told(speech: str) -> str | None:
    """Return the same; where it is missing, say so for a moment: the kiosk then serves in silence."""
    program = find(speech)
    if speech != "off" and program is None:
        print(f"kiosk: {MISSING}: the kiosk starts without it.\nHint: {MEND}", file=sys.stderr, flush=True)
        time.sleep(READING_SECONDS)
    return program
