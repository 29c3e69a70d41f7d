"""Why a merge is refused: sentences that name a file, a row and a column, and never what stands there."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.errors import KioskError, Refused


class BadFile(Refused):
    """A file that cannot be read as what it is given for."""

    hint = "Nothing was written. Export the file again, and do not save it with a spreadsheet in between."


class BadRow(BadFile):
    """One row of a file that cannot be right."""

    def __init__(self, file: str, row: int, what: str) -> None:
        super().__init__(f"{file}, row {row}: {what}.")


class FaultyRows(BadFile):
    """A list with rows that cannot be right, all of them named at once."""

    hint = "Nothing was written. Ask for the list again, or leave those rows out with --leave-out-faulty."

    def __init__(self, rows: Sequence[BadRow], count: int, file: str) -> None:
        more = f" And {count - len(rows)} more." if count > len(rows) else ""
        super().__init__(f"{file}: {count} rows cannot be right. {' '.join(map(str, rows))}{more}")


class TooFewRows(Refused):
    """A list on which survivors would stand nearly alone."""

    hint = "No list was written. It needs the rows of HMIS to hide its source; the audit says what left them out."


class FaultyExport(Refused):
    """An HMIS export that no list can be made from."""

    hint = "No list was written. `kiosk merge --check` writes every fault to a file for the HMIS lead."


class NoEngine(KioskError):
    """This installation cannot merge."""

    hint = "On the list holder's machine: `/opt/kiosk/bin/pip install --require-hashes -r pins/desk.txt`."


class NoMapping(Refused):
    """Something that the list's holder has to decide first."""

    hint = "Nothing was written. Say what it means in a mapping file, and give that by --mapping."


class OtherProfile(Refused):
    """A list whose scores were made under another scoring profile (MO-05)."""

    hint = "Nothing was written. Score both lists under one profile, or allow the fingerprint in a mapping file."


class NoRelease(Refused):
    """A list with rows whose release is missing or has run out."""

    hint = "Nothing was written. Ask for a fresh list, or leave those rows out with --leave-out-expired."


class CannotWrite(KioskError):
    """The list cannot be put where it was asked for."""

    hint = "Name a new file in a folder of this machine's own disk that this user may write to."


class NothingGiven(BadFile):
    """A run without anything to read."""

    hint = "Give an HMIS export or a flat list with --hmis; --external alone can be checked, and never written."
