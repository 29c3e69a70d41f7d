"""Asking for the provider's passphrase, without echo, and opening the provider's key with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, Refused

if TYPE_CHECKING:
    from kiosk.paths import Place


class NobodyToAsk(KioskError):
    """There is no terminal to ask for a passphrase on."""

    hint = "Give `--passphrase-file` a 0600 file with the passphrase in its first line."


class NotOpened(Refused):
    """The passphrase does not open the provider's key."""

    hint = "Try again; spaces between words count once, and capital letters matter."


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a passphrase file."""
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="a 0600 file with the passphrase in its first line"
    )


def unlocked(place: Place, file: Path | None) -> bytes:
    """The provider's seed, by the passphrase in `file` or typed on the terminal.

    Raises `NoProviderKey` on a kiosk-only station, and `NotOpened` when the
    passphrase is wrong, after the time that deriving a key takes.
    """
    from kiosk.desk.key_store import NoProviderKey, stored
    from kiosk.desk.keys import WrongPassphrase, unwrap

    if not place.desk_toml.exists():
        raise NoProviderKey("There is no provider key on this machine: it is a station of a provider elsewhere.")
    blob = stored(place)  # what is missing is said before anybody types a passphrase
    try:
        return unwrap(blob, _asked() if file is None else _first_line(file))
    except WrongPassphrase as error:
        raise NotOpened(str(error)) from None


def _first_line(file: Path) -> str:
    from kiosk.setup.passphrase import from_file

    return from_file(file)


def _asked() -> str:
    """A passphrase typed on this process's terminal."""
    import getpass
    import termios

    try:
        with open("/dev/tty", "r+b", buffering=0) as terminal:
            terminal.write(b"")
        return getpass.getpass("Passphrase of the provider's key: ")
    except (OSError, termios.error):
        raise NobodyToAsk("There is no terminal to ask for the passphrase on.") from None
    except EOFError:
        raise NotOpened("No passphrase was typed.") from None
