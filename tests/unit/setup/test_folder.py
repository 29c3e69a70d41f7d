"""Set-up makes all of a kiosk or nothing of it, whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.paths import Place, check_modes
from kiosk.setup import folder
from kiosk.setup.folder import AlreadySetUp, FolderTaken
from tests.unit.setup.making import Keyring, build

STEPS = [
    *("kiosk.vault.station_key.StationKey.write", "kiosk.desk.region.Region.write", "kiosk.vault.migrations.create"),
    *(
        "kiosk.config.write",
        "kiosk.content.snapshot.frozen",
        "kiosk.setup.create_kiosk._keep",
        "kiosk.setup.folder._rename",
    ),
    *("kiosk.setup.folder._flush", "kiosk.desk.keys.derivation.new_seed"),
]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KioskError("made up"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", STEPS)
def test_any_failure_leaves_nothing(
    step: str, error: BaseException, place: Place, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a fault or an interruption at any step leaves no folder, no half of one, and no key."""

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as planted:
        planted.setattr(step, fail)
        with pytest.raises((KioskError, OSError, KeyboardInterrupt)):
            build(place)
        assert list(place.home.parent.iterdir()) == []
        assert keyring.held == {}
    assert build(place).key == "keyring", "and it can be made afterwards"


def test_an_existing_kiosk_is_refused(place: Place) -> None:
    """A second set-up is refused with a sentence, and touches nothing."""
    build(place)
    before = {path: path.read_bytes() for path in place.home.rglob("*") if path.is_file()}
    with pytest.raises(AlreadySetUp):
        build(place)
    assert before == {path: path.read_bytes() for path in place.home.rglob("*") if path.is_file()}


def test_a_folder_of_others_is_refused(place: Place, tmp_path: Path) -> None:
    """A folder with anything in it, a file, or a link in the place is refused; an empty folder will do."""
    place.home.mkdir()
    (place.home / "diary").write_text("")
    with pytest.raises(FolderTaken):
        build(place)
    (place.home / "diary").unlink()
    build(place)
    link = Place(tmp_path / "link")
    link.home.symlink_to(tmp_path)
    with pytest.raises(FolderTaken):
        build(link)


def test_of_two_at_once_one_wins(place: Place, keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two set-ups at the same moment: the second to finish is refused, and leaves the first's kiosk whole."""
    rename = folder._rename

    def other_first(passing: Path, target: Place) -> None:
        monkeypatch.setattr(folder, "_rename", rename)
        build(place)
        rename(passing, target)

    monkeypatch.setattr(folder, "_rename", other_first)
    with pytest.raises(AlreadySetUp):
        build(place)
    check_modes(place)
    assert tomllib.loads(place.station_toml.read_text())
    assert [path.name for path in place.home.parent.iterdir()] == ["kiosk"]


def test_what_a_killed_set_up_left_is_swept(place: Place) -> None:
    """A set-up killed half-way leaves a hidden folder; the next one removes it, but not one still at work."""
    code = f"""
import os, signal
from pathlib import Path
from kiosk.paths import Place
from kiosk.setup.folder import coming
with coming(Place(Path({str(place.home)!r}))) as new:
    new.station_key.write_text("half")
    print("here", flush=True)
    signal.pause()
"""
    maker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert maker.stdout is not None and maker.stdout.read(4) == b"here"
    folder.sweep(place)
    assert len(list(place.home.parent.iterdir())) == 1, "one still at work stays"
    os.kill(maker.pid, signal.SIGKILL)
    maker.wait()
    assert len(list(place.home.parent.iterdir())) == 1, "it must have left something"
    build(place)
    assert [path.name for path in place.home.parent.iterdir()] == ["kiosk"]
