"""Where the desk writes: its own folder, or a stick; whatever is typed, nowhere else and never over a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk import destination as places
from kiosk.desk.destination import NoDestination, destination, folder
from kiosk.paths import Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    (tmp_path / "media" / "stick").mkdir(parents=True)
    (tmp_path / "home").mkdir(mode=0o700)
    monkeypatch.setattr(places, "STICKS", (tmp_path / "media",))
    return Place(tmp_path / "home")


def test_a_plain_name_and_a_stick(place: Place, tmp_path: Path) -> None:
    """A name lies in the desk's own folder, 0700; a path on a stick stays what it is."""
    assert destination(place, " list.csv ") == folder(place) / "list.csv"
    assert folder(place).stat().st_mode & 0o777 == 0o700
    stick = tmp_path / "media" / "stick" / "list.csv"
    assert destination(place, str(stick)) == stick


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ".hidden",
        "..",
        "a\x1b[2J",
        "x" * 201,
        "/etc/list.csv",
        "../list.csv",
        "{media}/list.csv",
        "{media}/no/l",
    ],
)
def test_what_is_no_destination(place: Place, tmp_path: Path, typed: str) -> None:
    """Hidden, climbing, unprintable, endless, elsewhere, the sticks' own folder, or a folder that is not there."""
    with pytest.raises(NoDestination) as caught:
        destination(place, typed.format(media=tmp_path / "media"))
    assert str(caught.value).endswith(".") and caught.value.hint


def test_links_are_followed_before_they_are_judged(place: Place, tmp_path: Path) -> None:
    """A stick's folder that is a link to elsewhere is elsewhere; a link in the file's place is a file."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "media" / "stick" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "media" / "stick" / "taken").symlink_to(tmp_path / "nothing")
    for typed in ("out/list.csv", "taken"):
        with pytest.raises(NoDestination):
            destination(place, str(tmp_path / "media" / "stick" / typed))


@settings(max_examples=150)
@given(st.text(alphabet="ab./~ \x00é", max_size=12))
def test_whatever_is_typed(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    """Any text is refused, or leads into the desk's own folder."""
    place = Place(tmp_path_factory.mktemp("d"))
    try:
        found = destination(place, typed)
    except NoDestination:
        return
    assert found.parent == folder(place).resolve() and not found.name.startswith(".")
