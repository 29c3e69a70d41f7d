"""A look at the station's printer for an operator: is it there, and which letters does it lack?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode, KioskError
from kiosk.paper.letters import replaced

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.paths import Place


class NoPrinter(KioskError):
    """The printer cannot be used."""

    hint = (
        "Look at its cable, its power and its paper, at `printer` in `station.toml`, and who may write to the device."
    )


def look(here: Place) -> int:
    """Say in words how the printer of `station.toml` stands. Prints nothing on it. Raises a `KioskError`."""
    from kiosk import config

    station = config.read(here.station_toml)
    if station.printer is None:
        print("This station has no printer: `printer` is not set in `station.toml`.")
        return ExitCode.DONE
    _open(station.printer)
    print(f"The printer {station.printer} can be opened. Paper: {station.printer_columns} letters in a line.")
    print("\n".join(_letters(station, here.packs)))
    return ExitCode.DONE


def _open(path: str) -> None:
    """Open and close the device. A USB printer lets itself be opened once: a kiosk that runs has it already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise NoPrinter(f"The printer {path} cannot be opened ({error.strerror}).") from None
    try:
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
            raise NoPrinter(f"{path} is no character device.")
    finally:
        os.close(descriptor)


def _letters(station: Station, packs: Path) -> Iterator[str]:
    """What stands for which letter of the pack's words, where the printer's code page lacks it."""
    from kiosk.content.check import check
    from kiosk.content.snapshot import find
    from kiosk.content.texts import texts

    pack = check(find(station.pack, packs)).pack
    words = "" if pack is None else "".join(said for _, _, text in texts(pack) for said in text.values())
    lacking = replaced(words, station.printer_codepage)
    yield f"Code page: {station.printer_codepage}."
    if not lacking:
        yield "It has every letter of the pack."
    for letter, stands in lacking.items():
        yield f"  {letter} is printed as {stands or 'nothing'}"
