"""Storage that is not as it must be is said before a visitor is let in, or told to her; nothing is lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.faults import station
from tests.faults.broken import AT_START, ENVIRONMENT
from tests.faults.rounds import FAILED
from tests.faults.visitor import HOME, Visitor, number_in
from tests.faults.world import FULL, NEEDED, READ_ONLY, Disk
from tests.pace import tries
from tests.terminal import proc


def everything(home: Path) -> dict[str, tuple[int, str]]:
    """Every name below the folder, with its mode and what it holds."""
    found = {}
    for path in sorted(home.rglob("*")):
        mode = path.lstat().st_mode
        held = os.readlink(path) if stat.S_ISLNK(mode) else ""
        if stat.S_ISREG(mode):
            held = hashlib.sha256(path.read_bytes()).hexdigest()
        if not path.match("run/*") and path.name != "run":
            found[str(path.relative_to(home))] = (mode, held)
    return found


@pytest.mark.parametrize("fault", AT_START)
def test_said_before_a_visitor_is_let_in(fault: str, short: Path) -> None:
    """P8, E5, E7: storage, settings, keys or a pack that are not as they must be: a sentence, a hint, the right status.

    Nothing of the data folder is changed, and nobody sees a page.
    """
    breaks, code = AT_START[fault]
    breaks(short)
    before = everything(short)
    with Visitor(short, columns=300) as visitor:
        assert visitor.ended() == code
        said = visitor.screen_text()
        assert said.startswith("kiosk: ") and "Hint: " in said, said
        assert "Traceback" not in said and HOME not in said
    assert everything(short) == before


def test_a_refused_start_leaves_nobody_behind(short: Path) -> None:
    """P3: the sitting that was started while the station was still checked ends where a check fails."""
    AT_START["database no database"][0](short)
    seen: set[int] = set()
    with Visitor(short, columns=300) as visitor:
        for _ in tries("a refused start"):
            if visitor.process.poll() is not None:
                break
            seen.update(pid for pid in proc.children(visitor.pid) if b"kiosk.sitting" in proc.command(pid))
        assert seen
        assert not any(map(proc.alive, seen))


@pytest.mark.parametrize("start", ["folder a link", "folder missing"])
def test_the_folder_itself(start: str, short: Path, tmp_path: Path) -> None:
    """E5: a data folder that is a link is refused; where there is none, set-up is offered and nothing is made by
    itself.
    """
    there = tmp_path / "there"
    if start == "folder a link":
        there.symlink_to(short)
        with Visitor(there, columns=300) as visitor:
            assert visitor.ended() == ENVIRONMENT
            assert "Hint: " in visitor.screen_text()
    else:
        done = station.run(there, "list")
        assert done.returncode == ENVIRONMENT and "Hint: " in done.stderr
        assert not there.exists()


@pytest.mark.tool(*NEEDED)
@pytest.mark.parametrize(("prepare", "word"), [(FULL, "full"), (READ_ONLY, "written")], ids=["full", "read-only"])
def test_a_disk_that_takes_nothing(prepare: str, word: str, short: Path, tmp_path: Path) -> None:
    """P8, E4, E5: a full or read-only disk is said before a visitor is let in."""
    disk = Disk(short, tmp_path / "disk", prepare)
    with Visitor(tmp_path / "disk", before=disk.before, columns=300) as visitor:
        assert visitor.ended() == ENVIRONMENT
        said = visitor.screen_text()
        assert "kiosk: " in said and "Hint: " in said and word in said, said


@pytest.mark.tool(*NEEDED)
@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_she_is_told_and_may_try_again(fault: str, short: Path, desk: Path, tmp_path: Path) -> None:
    """P8, E2, E4: the disk takes nothing while she stands at the review page.

    She is told in plain words, no number is shown, she may try again; once there is room, Try again keeps it, once.
    """
    home = tmp_path / "disk"
    disk = Disk(short, home)
    with Visitor(home, before=disk.before) as visitor:
        visitor.home = short
        aside = visitor.go_to_review()
        if fault == "full":
            disk.fill(visitor)
        else:
            disk.protect(visitor)
        for _ in range(2):
            visitor.press("f10")
            visitor.wait_for(FAILED)
            visitor.wait_for(station.said("number-none"))
            assert number_in(visitor.screen_text()) == 0
            visitor.wait_for(station.said("failed-full" if fault == "full" else "failed-disk")[:40])
            visitor.wait_for(station.said("try-again"))
        if fault == "full":
            disk.empty(visitor)
        else:
            disk.unprotect(visitor)
        kept = visitor.keep()
        shutil.copytree(disk.inside(visitor), tmp_path / "copy", ignore=shutil.ignore_patterns("run"))
        visitor.leave()
    (tmp_path / "copy" / "run").mkdir(mode=0o700)
    found = station.listed(tmp_path / "copy", desk)
    assert [row["number"] for row in found["rows"]] == [kept] and not found["apart"]
    assert aside and kept


@pytest.mark.tool(*NEEDED)
def test_a_full_disk_never_says_kept(short: Path, desk: Path, tmp_path: Path) -> None:
    """P8, E4: a save that failed and was left at that is not on the list: nothing was half stored."""
    home = tmp_path / "disk"
    disk = Disk(short, home)
    with Visitor(home, before=disk.before) as visitor:
        visitor.home = short
        visitor.go_to_review()
        disk.fill(visitor)
        visitor.press("f10")
        visitor.wait_for(FAILED)
        visitor.leave()
        disk.empty(visitor)
        shutil.copytree(disk.inside(visitor), tmp_path / "copy", ignore=shutil.ignore_patterns("run"))
    (tmp_path / "copy" / "run").mkdir(mode=0o700)
    found = station.listed(tmp_path / "copy", desk)
    assert found["rows"] == [] and found["apart"] == []
