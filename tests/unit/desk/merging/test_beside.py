"""A second process that reads about persons changes nothing but the time it takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.fixtures import external
from tests.fixtures.external import made_up
from tests.fixtures.hmis import SCORE, Shape, write

MERGE = """
import os, sys
from pathlib import Path
from kiosk.desk.merging import beside, merge
from kiosk.desk.merging.audit import Audit
from kiosk.errors import KioskError
from kiosk.priority.profile import load

beside.os.sched_getaffinity = lambda _: {0, 1}
beside.WORTH = range(int(sys.argv[2]), 1 << 40)
started, real = [], os.fork
def fork():
    started.append(1)
    return real()
beside.os.fork = fork
folder = Path(sys.argv[1])
paths = [folder / f"{sys.argv[2]}-{name}.csv" for name in ("list", "key", "key2")]
audit = Audit()
try:
    merge.merge(
        merge.Task(folder / "hmis", [folder / "external.csv"], *paths, load(), mapping=folder / "mapping.toml"), audit
    )
except KioskError as refused:
    print(refused)
print(len(started), "\\n".join(audit.lines()), sep="\\n")
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("no child left")
"""


def merged(folder: Path, least: int) -> tuple[str, list[str]]:
    """What is said, first whether a process was started; and each row of the list without its meeting number."""
    command = [sys.executable, "-c", MERGE, str(folder), str(least)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    path = folder / f"{least}-list.csv"
    rows = path.read_text().splitlines() if path.exists() else []
    return done.stdout, [row.partition(",")[0] + row.partition(",")[2].partition(",")[2] for row in rows]


def an_export(folder: Path) -> None:
    write(folder / "hmis", Shape(rows=300, scored=True))
    external.write(folder / "external.csv", [made_up(1)])
    (folder / "mapping.toml").write_text(f'[scores]\nuse = ["{SCORE}"]\n')


def test_two_processes_say_what_one_says(tmp_path: Path) -> None:
    """The same rows in the same order with the same scores, and nobody is left behind."""
    an_export(tmp_path)
    alone, rows = merged(tmp_path, 1 << 30)
    beside, same = merged(tmp_path, 1)
    assert alone.startswith("0\n") and beside.startswith("1\n")
    assert len(rows) > 100 and rows == same
    assert alone[1:] == beside[1:] and beside.endswith("no child left\n")


def test_a_refusal_is_the_same(tmp_path: Path) -> None:
    """A fault that the second process meets, or that ends the first, is told as ever."""
    an_export(tmp_path)
    (tmp_path / "mapping.toml").write_text("[scores]\n")
    assert merged(tmp_path, 1)[0].startswith("AssessmentResults.csv holds results of the type")
    (tmp_path / "hmis" / "Enrollment.csv").write_text("EnrollmentID\n")
    said, rows = merged(tmp_path, 2)
    assert (
        said.startswith("Enrollment.csv lacks the column PersonalID") and said.endswith("no child left\n") and not rows
    )


def test_a_refused_external_list_ends_the_second_process(tmp_path: Path) -> None:
    """The second process reads already while external lists are looked at: a bad one leaves nobody behind."""
    an_export(tmp_path)
    (tmp_path / "external.csv").write_text("nothing of a list\n")
    said, rows = merged(tmp_path, 1)
    assert "\n1\n" in said and said.endswith("no child left\n") and not rows
