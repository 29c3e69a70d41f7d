"""The data folder: where it is, and that nobody else reaches it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.paths import NotSetUp, OpenToOthers, Place, WrongFolder, check_modes


@pytest.fixture
def place(kiosk_home: Path) -> Place:
    """A data folder with a file and a folder in it."""
    kiosk_home.mkdir(mode=0o700)
    (kiosk_home / "station.toml").write_text("")
    (kiosk_home / "run").mkdir(mode=0o700)
    return Place(kiosk_home)


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`KIOSK_HOME`, else `XDG_DATA_HOME`, else the user's data folder, which is what platformdirs says too."""
    import platformdirs

    assert paths.home() == tmp_path / "kiosk"
    monkeypatch.delenv("KIOSK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert paths.home() == Path("/srv/data/kiosk") == platformdirs.user_data_path("kiosk")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert paths.home() == tmp_path / ".local/share/kiosk" == platformdirs.user_data_path("kiosk")
    monkeypatch.setenv("KIOSK_HOME", "relative")
    assert paths.home().is_absolute()


def test_a_private_folder_is_good(place: Place) -> None:
    """0700 and 0600 throughout pass."""
    check_modes(place)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o644])
@pytest.mark.parametrize("name", ["station.toml", "run", "."])
def test_anything_open_to_others_is_refused(place: Place, name: str, mode: int) -> None:
    """Place: 0700, every file 0600, checked at start; the sentence names what is open."""
    (place.home / name).chmod(mode | 0o700 if name != "station.toml" else mode)
    with pytest.raises(OpenToOthers, match=r"'\.'" if name == "." else name):
        check_modes(place)


def test_links_and_pipes_are_refused(place: Place, tmp_path: Path) -> None:
    """E5: a link in the place of a file is not followed."""
    (tmp_path / "elsewhere").write_text("")
    (place.home / "summaries.db").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OpenToOthers, match=r"summaries\.db"):
        check_modes(place)
    (place.home / "summaries.db").unlink()
    os.mkfifo(place.home / "pipe", 0o600)
    with pytest.raises(OpenToOthers, match="pipe"):
        check_modes(place)


def test_no_folder_and_no_real_folder(place: Place, tmp_path: Path) -> None:
    """Nothing there is a kiosk not set up; a link or a file there is refused."""
    with pytest.raises(NotSetUp):
        check_modes(Place(tmp_path / "absent"))
    (tmp_path / "link").symlink_to(place.home)
    with pytest.raises(WrongFolder):
        check_modes(Place(tmp_path / "link"))
