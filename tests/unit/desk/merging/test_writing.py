"""The files of a merge: private, whole or not there, never over another one."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desk.merging.merge_errors import CannotWrite
from kiosk.desk.merging.writing import new_files, said_of
from kiosk.vault.private_file import AlreadyThere
from tests.command_line import kiosk
from tests.fixtures import external
from tests.fixtures.external import made_up
from tests.fixtures.hmis import Shape, write

KILLED = """
import os, signal, sys
from pathlib import Path
from kiosk.desk.merging import merge
from kiosk.priority.profile import load

real = merge.new_files

class Killed:
    def __init__(self, paths):
        self.files = real(paths)
    def __enter__(self):
        files = self.files.__enter__()
        files[0].write(b"half")
        files[0].flush()
        print("half", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    def __exit__(self, *_):
        pass

merge.new_files = Killed
folder = Path(sys.argv[1])
merge.merge(merge.Task(load(), [folder / "hmis"], [folder / "external.csv"], folder / "list.csv"), merge.Run())
"""


def left(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("hidden", [False, True])
def test_files_are_whole_or_not_there(tmp_path: Path, hidden: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """0600 whatever the umask, nothing to see before the end, and nothing after a failure; on every kind of disk."""
    if hidden:
        monkeypatch.setattr(os, "O_TMPFILE", os.O_DIRECTORY)
    os.umask(0)
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    with new_files(paths) as files:
        for file in files:
            file.write(b"x" * 300_000)
        assert not any(path.exists() for path in paths)
    assert left(tmp_path) == ["a.csv", "b.csv"]
    assert [path.stat().st_size for path in paths] == [300_000] * 2
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    with pytest.raises(KeyError), new_files([tmp_path / "c.csv"]) as files:
        files[0].write(b"x" * 300_000)
        raise KeyError
    assert left(tmp_path) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("taken", ["file", "link", "pipe", "folder"])
def test_nothing_is_written_over(tmp_path: Path, taken: str) -> None:
    """G7: whatever has the name already keeps it; a link is not followed."""
    path = tmp_path / "list.csv"
    match taken:
        case "file":
            path.write_text("kept")
        case "link":
            path.symlink_to(tmp_path / "elsewhere")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
    with pytest.raises(AlreadyThere, match=r"list\.csv is already there"), new_files([path]):
        pass
    assert left(tmp_path) == ["list.csv"]


def test_a_name_that_is_taken_meanwhile_is_kept(tmp_path: Path) -> None:
    """G7: a file that appears while the list is made is not replaced."""
    path = tmp_path / "list.csv"
    with pytest.raises(CannotWrite), new_files([path]) as (file,):
        file.write(b"ours")
        path.write_text("theirs")
    assert path.read_text() == "theirs"


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """E2: when the disk is full, a sentence says so, and no half of a list is left."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    path = tmp_path / "list.csv"
    try:
        with pytest.raises(CannotWrite, match="cannot be written"), new_files([path]) as (file,), said_of(path):
            file.write(b"x" * 300_000)
            file.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left(tmp_path) == []


def test_no_folder_no_list(tmp_path: Path) -> None:
    """A folder that is not there, or no folder, is named before anything is read."""
    with pytest.raises(CannotWrite), new_files([tmp_path / "none" / "list.csv"]):
        pass


def test_a_kill_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    """P10: SIGKILL while the list is half written leaves no list, no key and no part of one."""
    write(tmp_path / "hmis", Shape(rows=200))
    external.write(tmp_path / "external.csv", [made_up(1)])
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], capture_output=True, text=True, cwd=Path.cwd())
    assert done.stdout == "half\n", done.stderr
    assert done.returncode == -signal.SIGKILL
    assert left(tmp_path) == ["external.csv", "hmis"]


def test_the_command_merges_and_closes_with_the_audit(tmp_path: Path) -> None:
    """MO-08: one command, three files of this user's own, and an audit; a second run replaces nothing (exit 3)."""
    made = write(tmp_path / "hmis", Shape(rows=100))
    external.write(tmp_path / "external.csv", [made_up(1)])
    words = ("merge", "--hmis", "hmis", "--external", "external.csv", "--out", "merged.csv")
    done = kiosk(*words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    listed = len(made.open_persons) + 1
    assert f"Together: 101 read, {listed} on the merged list, {101 - listed} left out." in done.stdout
    for name in ("merged.csv", "merged.hmis-key.csv", f"merged.external-key.{made_up(1).contact_agency_code}.csv"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    again = kiosk(*words, cwd=tmp_path)
    assert again.returncode == 3 and "already there" in again.stderr and "Audit" in again.stdout


def test_the_command_refuses_with_a_sentence(tmp_path: Path) -> None:
    """Exit 3, one sentence and a hint, the audit of what was read, and no file."""
    write(tmp_path / "hmis", Shape(rows=30))
    external.write(tmp_path / "external.csv", [made_up(1, release_expires="2020-01")])
    done = kiosk("merge", "--hmis", "hmis", "--external", "external.csv", "--out", "m.csv", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == "kiosk: external.csv has 1 rows whose release is missing or has run out."
    assert done.stdout.splitlines()[-2:] == ["External list external.csv: 1 read", "No list was made."]
    assert left(tmp_path) == ["external.csv", "hmis"]
