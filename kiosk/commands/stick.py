"""`kiosk export --sealed FILE`: sealed records to a stick, as they lie in the database; needs no passphrase."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import ExitCode


def export_sealed(file: Path, passphrase_file: Path | None) -> ExitCode:
    """Write the file, and say what is in it. A desk without a kiosk of its own asks for the passphrase."""
    from kiosk.commands.belonging import belonging
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    here = place()
    check_modes(here)
    health.check(here.summaries)
    ours = belonging(here, passphrase_file)
    from kiosk.vault.exporting import export_all

    records = export_all(file, here, ours.number_key)
    print(f"{file} holds {records} sealed records.")
    if here.removals.exists():
        print("It carries the provider's last removal list: each station removes what it names, and says so.")
    print("It was read back whole. `kiosk import FILE` takes it in on the other machine; it may be run twice.")
    return ExitCode.DONE
