"""Why a merge is refused: sentences that name a file, a row and a column, and never what stands there."""

from __future__ import annotations

from kiosk.errors import KioskError, Refused


class BadFile(Refused):
    """A file that cannot be read as what it is given for."""

    hint = "Nothing was written. Export the file again, and do not save it with a spreadsheet in between."


class BadRow(BadFile):
    """One row of a file that cannot be right."""

    def __init__(self, file: str, row: int, what: str) -> None:
        super().__init__(f"{file}, row {row}: {what}.")


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
