"""The options of `kiosk setup`, which its full-screen pages start from as well."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import AGENCY_KINDS, PANIC_KEYS, PRINTER_CODE_PAGES, PRINTER_COLUMNS, ROLES
from kiosk.setup.draft import Draft

if TYPE_CHECKING:
    from kiosk.vault.station_key import StationKey

PRINTING = ("printer", "printer_columns", "printer_codepage")
"""Options about paper, named as the settings they make."""

AGENCY = ("agency", "agency_label", "agency_telephone", "agency_hours", "agency_kind")
"""Options about the agency, named as the draft's fields."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what a kiosk is like."""
    default = Draft()
    parser.add_argument("--pack", metavar="ID", help=f"content pack (default: {default.pack})")
    parser.add_argument("--station", metavar="LABEL", help=f"label of this station (default: {default.station})")
    parser.add_argument("--agency", metavar="CODE", help="the agency that holds this station's records (no default)")
    parser.add_argument("--agency-label", metavar="WORDS", help="its neutral name on a visitor's last page")
    parser.add_argument("--agency-telephone", metavar="NUMBER", help="its number there, such as 800-555-0100")
    parser.add_argument("--agency-hours", metavar="WORDS", help="when somebody answers, such as 'Monday to Friday'")
    parser.add_argument(
        "--agency-kind", choices=AGENCY_KINDS, help="for whom an advocate here works (default: not said, none promised)"
    )
    parser.add_argument(
        "--provider", metavar="CODE", help="the victim service provider that keeps the list (default: none does)"
    )
    parser.add_argument("--region-code", metavar="CODE", help="the region's code (default: the pack's own)")
    parser.add_argument("--language", metavar="CODE", help="language of the home page (default: the pack's first)")
    parser.add_argument("--role", choices=ROLES, help=f"who stands beside the visitor (default: {default.role})")
    parser.add_argument(
        "--idle", type=int, metavar="SECONDS", help=f"silence that ends a sitting (default: {default.idle_seconds})"
    )
    parser.add_argument(
        "--panic-key", choices=PANIC_KEYS, metavar="KEY", help=f"one more panic key: {', '.join(PANIC_KEYS)}"
    )
    parser.add_argument("--printer", metavar="PATH", help="device file of a receipt printer, such as /dev/usb/lp0")
    parser.add_argument(
        "--printer-columns", type=int, choices=PRINTER_COLUMNS, metavar="N", help="letters in a line of its paper"
    )
    parser.add_argument("--printer-codepage", choices=PRINTER_CODE_PAGES, metavar="NAME", help="its code page")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="a 0600 file whose first line protects the provider's key"
    )
    parser.add_argument(
        "--region", type=Path, metavar="FILE", help="a region file: this station then holds no private key"
    )
    parser.add_argument(
        "--database", metavar="POSTGRES_URL", help="keep records in a region's PostgreSQL (default: in a file here)"
    )
    parser.add_argument(
        "--allow-recorder", action="store_true", help="let the kiosk start in a terminal that keeps what is shown"
    )
    parser.add_argument(
        "--own-machine", action="store_true", help="somebody's own machine: Ctrl+Q on the home page ends the kiosk"
    )


def draft_from(parsed: argparse.Namespace) -> Draft:
    """The choices that options make. Reads the files they name. Raises a `KioskError`."""
    draft = Draft(allow_recorder=parsed.allow_recorder, quit=parsed.own_machine)
    for name in ("pack", "station", "language", "role", *AGENCY, "provider", "panic_key", *PRINTING):
        value = getattr(parsed, name)
        if value is not None:
            setattr(draft, name, value)
    if parsed.region_code is not None:
        draft.region = parsed.region_code
    if parsed.idle is not None:
        draft.idle_seconds = parsed.idle
    if parsed.database is not None:
        draft.database = _region(parsed.database)
    if parsed.passphrase_file is not None:
        from kiosk.setup.passphrase import from_file, strong

        draft.passphrase = strong(from_file(parsed.passphrase_file))
    if parsed.region is not None:
        draft.take_region_file(_region_file(parsed.region))
    return draft


def _region_file(path: Path) -> StationKey:
    """A station's file, whole as its provider signed it. Raises a `KioskError`."""
    from kiosk.vault.station_key import NotSigned, StationKey

    key = StationKey.read(path)
    if key.signers and not key.signed_by(key.signers):
        raise NotSigned("The region file was changed after its provider signed it.")
    return key


def _region(url: str) -> str:
    """The URL, if this installation can go there. Raises a `KioskError`."""
    from kiosk.vault.postgres import driver
    from kiosk.vault.postgres.address import Address

    Address.parse(url)
    driver.check()
    return url


def words(parsed: argparse.Namespace) -> list[str]:
    """The same options as words of a command line, for the process that shows the pages. Holds no secret."""
    said = []
    for option in (
        *(
            "pack",
            "station",
            *AGENCY,
            "provider",
            "region_code",
            "language",
            "role",
            "idle",
            "panic_key",
            "passphrase_file",
            "region",
            "database",
        ),
        *PRINTING,
    ):
        value = getattr(parsed, option)
        if value is not None:
            shown = value.absolute() if isinstance(value, Path) else value
            said.append(f"--{option.replace('_', '-')}={shown}")
    switches = ("allow_recorder", "own_machine")
    return said + [f"--{name.replace('_', '-')}" for name in switches if getattr(parsed, name)]
