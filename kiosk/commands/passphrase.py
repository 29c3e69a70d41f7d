"""Asking for the provider's passphrase, without echo, and opening the provider's key with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, Refused

if TYPE_CHECKING:
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.paths import Place


class NobodyToAsk(KioskError):
    """There is no terminal to ask for a passphrase on."""

    hint = "Give `--passphrase-file` a 0600 file with the passphrase in its first line."


class NotAlike(Refused):
    """A passphrase that was typed twice is not the same twice."""

    hint = "Nothing was changed; run it again."


class NotOpened(Refused):
    """The passphrase does not open the provider's key."""

    hint = "Try again; spaces between words count once, and capital letters matter."


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a passphrase file."""
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="a 0600 file with the passphrase in its first line"
    )


def unlocked(place: Place, file: Path | None) -> Seeds:
    """The provider's seed, by the passphrase in `file` or typed on the terminal.

    Raises `NoProviderKey` on a kiosk-only station, and `NotOpened` when the
    passphrase is wrong, after the time that deriving a key takes.
    """
    return unlocked_by(place, file)[0]


def unlocked_by(place: Place, file: Path | None) -> tuple[Seeds, str]:
    """The provider's seed, and the passphrase that opened it. Raises like `unlocked`."""
    from kiosk.desk.keys.derivation import WrongPassphrase, unwrap
    from kiosk.desk.keys.rotation_file import beside
    from kiosk.desk.keys.storage import stored

    on_this_machine(place)
    blob = stored(place)  # what is missing is said before anybody types a passphrase
    passphrase = asked() if file is None else first_line(file)
    try:
        return beside(place, unwrap(blob, passphrase)), passphrase
    except WrongPassphrase as error:
        raise NotOpened(str(error)) from None


def on_this_machine(place: Place) -> None:
    """See that this is a provider's machine. Raises NoProviderKey."""
    from kiosk.desk.keys.storage import NoProviderKey

    if not place.desk_toml.exists():
        raise NoProviderKey("There is no provider key on this machine: it is a station of a provider elsewhere.")


def new_passphrase(file: Path | None, *, present: str | None = None, of: str = "the provider's key") -> str:
    """A passphrase to wrap a key with: from a private file, or typed twice; empty means the `present` one.

    Raises BadPassphrase, NobodyToAsk or NotAlike.
    """
    from kiosk.setup.passphrase import strong

    if file is not None:
        return strong(first_line(file))
    stays = " (empty: the present one stays)" if present else ""
    typed = asked(f"New passphrase for {of}{stays}: ")
    if not typed and present:
        return present
    if strong(typed) != asked("The same once more: "):
        raise NotAlike("The two are not alike.")
    return typed


def first_line(file: Path) -> str:
    """The passphrase in a private file's first line. Raises a KioskError."""
    from kiosk.setup.passphrase import from_file

    return from_file(file)


def asked(prompt: str = "Passphrase of the provider's key: ") -> str:
    """A passphrase typed on this process's terminal. Raises NobodyToAsk."""
    import getpass
    import termios

    try:
        with open("/dev/tty", "r+b", buffering=0) as terminal:
            terminal.write(b"")
        return getpass.getpass(prompt)
    except (OSError, termios.error):
        raise NobodyToAsk("There is no terminal to ask for the passphrase on.") from None
    except EOFError:
        raise NotOpened("No passphrase was typed.") from None
