"""`kiosk keys backup`: the key as words for paper, on a page that is cleared, or to a printer's pipe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from kiosk.errors import ExitCode

_PAGE = "\x1b[?1049h\x1b[2J\x1b[3J\x1b[H"
_AWAY = "\x1b[2J\x1b[3J\x1b[H\x1b[?1049l"


def run(parsed: argparse.Namespace) -> int:
    """Show the sheet on a page of its own and clear it, or hand it to whatever the output is piped to."""
    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.region import Region
    from kiosk.launch import recorders
    from kiosk.paths import check_modes, place

    here = place()
    check_modes(here)
    on_glass = sys.stdout.isatty()
    if on_glass:
        recorders.refuse(allowed=False)
    seeds = unlocked(here, parsed.passphrase_file)
    suite = Region.read(here.desk_toml, seeds).recipients[0].suite
    sheet = "\n".join(as_lines(seeds.current, suite))
    if not on_glass:
        print(sheet)
        return ExitCode.DONE
    try:
        sys.stdout.write(f"{_PAGE}{sheet}\n\nWrite it down, then press Enter: this page is cleared. ")
        sys.stdout.flush()
        sys.stdin.readline()
    finally:
        sys.stdout.write(_AWAY)
        sys.stdout.flush()
    print("Now check the sheet: `kiosk keys restore --check`.")
    return ExitCode.DONE


def as_lines(seed: bytes, suite: int) -> Iterator[str]:
    """The sheet: fingerprint, nine numbered lines, and what to know of it."""
    from kiosk.desk.keys.derivation import recipient
    from kiosk.desk.keys.paper_backup import to_lines
    from kiosk.desk.keys.spoken_check import of_key, rows

    yield "The provider's key of a kiosk, on paper."
    first, second = rows(of_key(recipient(seed, suite)))
    yield f"Fingerprint: {first}"
    yield f"             {second}"
    yield ""
    for at, line in enumerate(to_lines(seed), 1):
        yield f"  {at}  {line}"
    yield ""
    yield "Whoever has these words can open every record. Lock them away, apart from"
    yield "the machine, and keep a copy of desk.toml: the key needs it to rank anything."
    yield "`kiosk keys restore --check` checks this sheet, `kiosk keys restore` uses it."
