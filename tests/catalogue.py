"""The catalogue of faults: which test tries which case, what it proves, and how it ended in this very run.

A test belongs to it when the head of its docstring (up to the first colon) names a case, such as `A1` or `E12`.
`--catalogue FILE` has the run write the table; `docs/faults.md` is the one that was written last.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CLASSES = {
    "A": "What comes in from the terminal",
    "B": "Size and kind of terminal",
    "C": "Signals and processes",
    "D": "Panic and what is left",
    "E": "Storage",
    "F": "Keys and tampering",
    "G": "Files in and out",
    "H": "Markup and escape codes",
    "I": "SSH and shared hosts",
    "J": "Environment and canaries",
    "K": "Time",
    "L": "People",
}
NOT_TRIED = {
    "D9": "The whole machine's memory after an exit: `make machine` tries it, on an emulated machine.",
    "L1": "A second person for opening a list is a rule of the provider's house, not of this program.",
}
"""Cases that no test tries, and why."""
CASE = re.compile(r"\b([A-L]\d{1,2})b?\b")


def cases(docstring: str) -> list[str]:
    """The cases that a test's docstring names before its first colon."""
    return CASE.findall(docstring.partition(":")[0]) if ":" in docstring else []


def proves(docstring: str) -> str:
    """What it says behind that colon, in one line."""
    told = docstring.partition(":")[2].strip().split("\n\n")[0]
    return " ".join(told.split())


@dataclass(slots=True)
class Row:
    """One test function: what it tries, and how often it ended how."""

    test: str
    cases: list[str]
    proves: str
    ends: Counter[str] = field(default_factory=Counter)


def written() -> dict[str, Row]:
    """Every test function of the tree that belongs to the catalogue, by name, without running any."""
    rows = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                told = ast.get_docstring(node) or ""
                if named := cases(told):
                    name = f"{path.relative_to(ROOT).as_posix()}::{node.name}"
                    rows[name] = Row(name, named, proves(told))
    return rows


class Catalogue:
    """Listens to a run."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rows = written()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count how a test ended: once a call, and once more where its set-up or its end failed."""
        row = self._rows.get(report.nodeid.partition("[")[0])
        if row and (report.when == "call" or report.outcome != "passed"):
            row.ends[report.outcome] += 1

    def pytest_sessionfinish(self) -> None:
        """Write the table."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text("\n".join(lines(self._rows.values())) + "\n")


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The page, as Markdown."""
    ran = [row for row in rows if row.ends]
    by: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ran:
        by[min(row.cases)[0]].append(row)
    total = sum(sum(row.ends.values()) for row in ran)
    bad = sum(count for row in ran for end, count in row.ends.items() if end != "passed")
    yield "# The catalogue of faults"
    yield ""
    yield "Written by a run of the tests (`make faults`). Each line is a test; the number is how many cases it ran."
    yield ""
    yield f"**{total} cases in {len(ran)} tests; {total - bad} passed, {bad} did not.**"
    for letter, name in CLASSES.items():
        if by[letter]:
            yield from ("", f"## {letter}. {name}", "", "| case | proves | test | result |", "|---|---|---|---|")
        for row in sorted(by[letter], key=lambda row: ([(each[0], int(each[1:])) for each in row.cases], row.test)):
            ended = ", ".join(f"{count} {end}" for end, count in sorted(row.ends.items()))
            shown = row.proves.replace("|", "\\|")
            yield f"| {', '.join(row.cases)} | {shown} | `{row.test.removeprefix('tests/')}` | {ended} |"
    yield from ("", "## What no test tries", "", "| case | why |", "|---|---|")
    for case, why in NOT_TRIED.items():
        yield f"| {case} | {why} |"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--catalogue`."""
    parser.addoption("--catalogue", metavar="FILE", type=Path, help="write the catalogue of faults of this run to FILE")


def pytest_configure(config: pytest.Config) -> None:
    """Listen, in the process that hears of every test."""
    file = config.getoption("--catalogue")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Catalogue(file))
