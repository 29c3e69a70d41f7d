"""Write the runs of eight words of the sources as hashes, to hold a pack against them without copying a source.

`python tests/vectors/make_runs.py SOURCE.txt ...` adds the runs of each text to `source-runs.txt`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 8
"""Words in a row that nobody may take over from a source."""

FILE = Path(__file__).with_name("source-runs.txt")
"""One hash a line, sorted."""


def runs(text: str) -> Iterator[str]:
    """Every run of eight words of a text, in small letters and without marks, as the first 16 digits of its SHA-256."""
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", re.sub(r"\{[^}]*\}", " ", text.lower()))
    for start in range(len(words) - RUN + 1):
        yield hashlib.sha256(" ".join(words[start : start + RUN]).encode()).hexdigest()[:16]


if __name__ == "__main__":
    held = set(FILE.read_text(encoding="ascii").split()) if FILE.exists() else set()
    for name in sys.argv[1:]:
        held |= set(runs(Path(name).read_text(encoding="utf-8")))
    FILE.write_text("\n".join(sorted(held)) + "\n", encoding="ascii")
