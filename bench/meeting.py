"""The list holder's meeting with very many rows: from a key to its paint, what an act costs, and carrying a list on.

The page runs on a terminal as a whole program. The carry is the next month's merge of as many people onto a meeting of
the last one, beside the same merge without a carry, each as a process of its own.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from desk import BETWEEN_KEYS, DOWN, Screen
from measure import Sample, host, in_turn, options, ratio, table

from kiosk.meeting.acts import Acts
from kiosk.meeting.meeting_file import MeetingFile
from kiosk.meeting.vacancy import Vacancy, asked
from tests.fixtures import external, hmis
from tests.fixtures.meeting import WORDS, a_file, a_meeting

ROOT = Path(__file__).parents[1]
HOUSED, UNDO = b"h", b"u"
ALONE, CARRIED = "merge alone", "merge --carry"


def prepared(folder: Path, rows: int) -> MeetingFile:
    """A meeting of so many rows with four vacancies, in a file."""
    folder.mkdir(mode=0o700)
    meeting = a_meeting(rows)
    at_it = Acts(meeting, "BENCH", date.today())
    for at, asks in enumerate(("adults, size 1", "family, size 3-4", "youth household", "veteran, chronic"), 1):
        at_it.vacancy(Vacancy(f"V-{at:02d}", 3, 2, *asked(asks)))
    return a_file(folder, meeting)


def pages(folder: Path, rows: int, keys: int) -> dict[str, Sample]:
    """Key to paint: along the list, to a place far away, and an act with its write."""
    file = prepared(folder / "meeting", rows)
    home = folder / "home"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "KIOSK_HOME": str(home), "LANG": "C.UTF-8"}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "KIOSK_ALLOW_RECORDER": "1"}
    command = [sys.executable, "-m", "kiosk", "meeting", str(file.path), "--by", "BENCH"]
    samples = {name: Sample() for name in ("along the list", "digits of a number", "an act, written")}
    glass = Screen(command, environment)
    try:
        glass.wait_for(b"Ctrl+Q")
        glass.quiet(0.5)
        os.write(glass.master, WORDS.encode() + b"\r")
        glass.wait_for(b" wait.")
        glass.quiet(1.0)
        for _ in range(keys):
            samples["along the list"].add(glass.key(DOWN, b"\x1b["))
            glass.quiet(BETWEEN_KEYS)
        chance = random.Random(1)
        for _ in range(keys // 5):
            number = chance.choice(file.meeting.rows).meeting_number
            for digit in number:
                samples["digits of a number"].add(glass.key(digit.encode(), b"\x1b["))
                glass.quiet(BETWEEN_KEYS)
            os.write(glass.master, DOWN)
            glass.quiet(BETWEEN_KEYS)
        for _ in range(keys // 5):
            for key in (HOUSED, UNDO):
                samples["an act, written"].add(glass.key(key, b"\x1b["))
                glass.quiet(0.2)
    finally:
        glass.close()
    return samples


def run(*words: object) -> tuple[int, float]:
    """Nanoseconds and processor seconds of one run of the command."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    start = time.perf_counter_ns()
    child = subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", "kiosk", *map(str, words)],
        stdout=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"kiosk {words[0]} ended with {child.returncode}")
    return time.perf_counter_ns() - start, usage.ru_utime + usage.ru_stime


def carries(folder: Path, rows: int, trials: int) -> tuple[dict[str, Sample], dict[str, list[float]]]:
    """The next month's merge with and without a carry; every row of it was on the last list."""
    folder.mkdir()
    hmis.write(folder / "hmis", hmis.Shape(rows=rows, year=2026, kinds=("open",)))
    numbers = {row.list_number: row for row in map(external.made_up, range(rows // 10))}
    external.write(folder / "external.csv", numbers.values())
    words = folder / "words"
    words.touch(0o600)
    words.write_text(WORDS + "\n")
    key, meeting = folder / "carry.key", folder / "last.list"
    common = ["merge", "--hmis", folder / "hmis", "--external", folder / "external.csv"]
    locked = ["--carry-key", key, "--passphrase-file", words]
    run(*common, "--out", folder / "last.csv", *locked)
    run("meeting", meeting, "--from", folder / "last.csv", "--passphrase-file", words)
    samples = {name: Sample() for name in (ALONE, CARRIED)}
    processor: dict[str, list[float]] = {name: [] for name in samples}
    for name in in_turn(list(samples), trials):
        with tempfile.TemporaryDirectory() as out:
            more = [*locked, "--carry", meeting] if name == CARRIED else []
            took, spent = run(*common, "--out", Path(out, "list.csv"), *more)
        samples[name].add(took)
        processor[name].append(spent)
    return samples, processor


def main() -> None:
    """Measure, and print what goes into docs/figures.md."""
    parser = options(__doc__, trials=5)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--page-alone", action="store_true", help="leave the merges out")
    given = parser.parse_args()
    print(host())
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        samples = pages(folder, given.rows, given.keys)
        table(
            f"The meeting's page with {given.rows:,} rows: milliseconds from a key to its paint",
            ["", "answered", "p50", "p99", "max"],
            [[name, each.answered, *each.columns()] for name, each in samples.items()],
        )
        if given.page_alone:
            return
        merges, processor = carries(folder / "carry", given.rows, given.trials)
    rows = [
        [name, f"{each.at(50) / 1e6:,.0f}", f"{sum(processor[name]) / len(processor[name]):.2f}"]
        for name, each in merges.items()
    ]
    title = f"Merging {given.rows:,} people and {given.rows // 10:,} external rows onto a list of the same"
    table(title, ["", "wall p50 (ms)", "processor (s)"], rows)
    print(f"Carry over merge alone: {ratio(merges[CARRIED].at(50), merges[ALONE].at(50))} of the wall time, ", end="")
    print(f"{ratio(sum(processor[CARRIED]), sum(processor[ALONE]))} of the processor's.")


if __name__ == "__main__":
    main()
