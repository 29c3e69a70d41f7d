"""`kiosk keys restore`: the key back from its words on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode, Refused

if TYPE_CHECKING:
    from kiosk.paths import Place


class AnotherKey(Refused):
    """The words are of another key than the one here."""

    hint = "Compare the sheet's fingerprint with `kiosk keys show`; sheets from before a rotation are of the old key."


def run(parsed: argparse.Namespace) -> int:
    """Read the words, see that they are the key of what lies here, and keep the key; with --check, only see."""
    from kiosk.commands.passphrase import new_passphrase
    from kiosk.desk.keys.derivation import wrap
    from kiosk.paths import check_modes, place

    here = place()
    if here.home.exists():
        check_modes(here)
    seed = _words(parsed.words_file)
    if here.desk_toml.exists():
        _see_that_it_fits(here, seed)
    if parsed.check:
        print(_said(here))
        return ExitCode.DONE
    where = _keep(here, wrap(seed, new_passphrase(parsed.passphrase_file)))
    print(f"The provider's key lies in {where} again, under the new passphrase.")
    if not here.desk_toml.exists():
        print("Now put desk.toml, summaries.db, removed.ledger, published.ledger and news.ledger from their backup,")
        print(f"each with mode 0600, into {here.home}")
    return ExitCode.DONE


def _words(file: Path | None) -> bytes:
    """The seed behind the words: of a private file, of a pipe, or typed line by line."""
    from kiosk.desk.keys.paper_backup import NotThePaper, to_seed

    if file is None and sys.stdin.isatty():
        return _typed()
    if file is None:
        untrusted = sys.stdin.read(16 * 1024)
    else:
        from kiosk.vault.private_file import read_private

        try:
            untrusted = read_private(file).decode()
        except UnicodeDecodeError:
            raise NotThePaper(f"{file.name} is no text.") from None
    lines = untrusted.splitlines()
    return to_seed([line for line in lines if line.strip()[:1].isdigit()] or lines)


def _typed() -> bytes:
    """The words as they are typed, each line checked at once."""
    from kiosk.desk.keys.paper_backup import LINES, NotThePaper, line_values, to_seed

    print(f"Type the {LINES} lines of the sheet, four words each.", file=sys.stderr)
    lines: list[str] = []
    while len(lines) < LINES:
        print(f"{len(lines) + 1}: ", end="", file=sys.stderr, flush=True)
        if not (line := sys.stdin.readline()):
            break
        try:
            line_values(len(lines) + 1, line)
            lines.append(line)
        except NotThePaper as fault:
            print(fault, file=sys.stderr)
    return to_seed(lines)


def _see_that_it_fits(here: Place, seed: bytes) -> None:
    from kiosk.desk.keys.rotation_file import beside
    from kiosk.desk.region import NotARegion, Region

    try:
        Region.read(here.desk_toml, beside(here, seed))
    except NotARegion:
        raise AnotherKey("These words are a key, and not the one that desk.toml here was written with.") from None


def _said(here: Place) -> str:
    if here.desk_toml.exists():
        return "The words are right: they are the key of the desk on this machine."
    return "The words are right: they are a whole key. There is no desk.toml here to say whose."


def _keep(here: Place, blob: bytes) -> str:
    """Keep the key where it lay; on a new machine, in a data folder that waits for the rest."""
    from kiosk.desk.keys.storage import replace_stored
    from kiosk.vault.private_file import write_private

    here.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    here.run.mkdir(mode=0o700, exist_ok=True)
    if not here.removed.exists():
        write_private(here.restored, b"", replace=True)
    if not here.desk_toml.exists():
        write_private(here.deals_lost, b"", replace=True)
    if not here.published.exists():
        write_private(here.reports_lost, b"", replace=True)
    return replace_stored(here, blob, keyring=not here.provider_key.exists())
