"""Where the desk may write a file: a folder of its own for them, or a stick; its jail knows no other place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.errors import Refused
from kiosk.paths import Place

STICKS: Final = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where removable disks are found."""
LONGEST: Final = 200
"""Letters of a path that are taken."""


class NoDestination(Refused):
    """A path that the desk does not write to."""

    hint = "Give a plain name, such as list.csv, or a path on a stick: /media/..."


def folder(place: Place) -> Path:
    """The folder of the desk's files, in the data folder."""
    return place.home / "exports"


def writable(place: Place) -> list[Path]:
    """What the desk's jail has to let it write to."""
    return [place.home, *(each for each in STICKS if each.is_dir())]


def destination(place: Place, untrusted: str) -> Path:
    """The file that was meant. A plain name lies in the desk's own folder, which is made if need be.

    Raises NoDestination for anything that is no new file there or on a stick; links are followed before it is judged.
    """
    name = untrusted.strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise NoDestination("That is no name for a file.")
    if "/" not in name:
        folder(place).mkdir(mode=0o700, exist_ok=True)
        path = folder(place) / name
    else:
        path = Path(name)
        if not any(_real(path.parent).is_relative_to(each) and _real(path.parent) != each for each in STICKS):
            raise NoDestination("The desk writes to its own folder and to sticks only.")
    if path.name.startswith(".") or not path.parent.is_dir():
        raise NoDestination("There is no such folder, or the name begins with a dot.")
    if path.is_symlink() or path.exists():
        raise NoDestination("There is a file of this name already.")
    return _real(path.parent) / path.name


def _real(path: Path) -> Path:
    return path.resolve()
