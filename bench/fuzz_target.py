"""`python bench/fuzz.py --seconds 60 TARGET`: one target of `tests/fuzz/targets.py` under atheris, led by coverage.

Needs the dependency group `fuzz`. A finding is written to the folder it was started in; the input then belongs into
`tests/fuzz/corpus/TARGET/`. More than 10 s or 1 GiB for one input is a finding, too.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "fuzz" / "corpus"


def run(target: str, seconds: int) -> None:
    """Fuzz until the time is over; ends the process, by 0 when nothing was found."""
    import atheris

    for name in [each for each in sys.modules if each.partition(".")[0] in ("kiosk", "schema", "tests")]:
        del sys.modules[name]  # what was loaded before has no marks for coverage
    with atheris.instrument_imports(include=["kiosk", "schema"]):
        from tests.fuzz.targets import TARGETS, WORDS
    if target not in TARGETS:
        sys.exit(f"There is no target {target}; there are {', '.join(TARGETS)}.")
    grown = tempfile.mkdtemp(prefix="kiosk-fuzz-")
    words = Path(grown) / "words.dict"
    words.write_text("".join(f'"{"".join(f"{chr(92)}x{byte:02x}" for byte in each)}"\n' for each in WORDS[target]))
    found = Path(grown) / "corpus"
    found.mkdir()
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=4096", f"-dict={words}"]
    atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", str(found), str(CORPUS / target)], TARGETS[target])
    atheris.Fuzz()
