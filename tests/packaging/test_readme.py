"""The README says what the program does: its table of commands is the program's own."""

from __future__ import annotations

import re
from pathlib import Path

from tests.command_line import kiosk

ROOT = Path(__file__).resolve().parents[2]


def offered(tmp_path: Path) -> set[str]:
    """The commands that `kiosk --help` offers."""
    said = kiosk("--help", cwd=tmp_path).stdout.partition("COMMAND\n")[2].partition("\n\n")[0]
    return set(re.findall(r"^    (\w+)(?: |$)", said, re.MULTILINE))


def rows() -> list[str]:
    """The first column of the README's table of commands."""
    table = (ROOT / "README.md").read_text().partition("<!-- commands:")[2].partition("\n\n")[0]
    return [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]


def test_every_command_is_in_the_table_and_no_other(tmp_path: Path) -> None:
    """A command that is there is described, and one that is described is there."""
    described = {name for row in rows() for name in re.findall(r"`kiosk (\w+)", row)}
    assert len(described) > 4
    assert described == offered(tmp_path)


def test_every_option_in_the_table_is_there(tmp_path: Path) -> None:
    """An option that the README names is in that command's own help."""
    found = re.compile(r"`kiosk ([a-z]+(?: [a-z]+)?)[^`]*?(--[a-z-]+)")
    named = [(command.split(), option) for row in rows() for command, option in found.findall(row)]
    assert named
    for command, option in named:
        assert option in kiosk(*command, "--help", cwd=tmp_path).stdout


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def targets(page: Path) -> list[Path]:
    """The files of this repository that a page has links to."""
    found = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    return [(page.parent / target).resolve() for target in found if "://" not in target]


def test_every_page_it_points_to_is_there() -> None:
    """No link of the README, or of a page of the docs, leads nowhere in this repository."""
    for page in PAGES:
        for target in targets(page):
            assert target.exists(), f"{page.name} points to {target}"


def test_every_page_is_pointed_to() -> None:
    """A page of the docs is found from another page, by itself or with its folder."""
    reached = {target for page in PAGES for target in targets(page)}
    pages = [page.resolve() for page in (ROOT / "docs").rglob("*.md")]
    assert pages
    assert [page for page in pages if page not in reached and page.parent not in reached] == []
