"""Why a region's server failed, told from its error's class and code; never from words that may hold values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.errors import KioskError
from kiosk.seal.wire import Reason
from kiosk.vault.faults import StoreFault

if TYPE_CHECKING:
    from psycopg import Error

_BY_CODE: Final = {
    "53100": Reason.FULL,
    "25006": Reason.READ_ONLY,
    "42501": Reason.READ_ONLY,
    "42P01": Reason.DAMAGED,
    "42703": Reason.DAMAGED,
    "42883": Reason.DAMAGED,
    "57014": Reason.BUSY,
    "55P03": Reason.BUSY,
}
_BY_CLASS: Final = {
    "08": Reason.BUSY,
    "22": Reason.REFUSED,
    "23": Reason.REFUSED,
    "25": Reason.BUSY,
    "28": Reason.READ_ONLY,
    "3D": Reason.READ_ONLY,
    "40": Reason.BUSY,
    "53": Reason.BUSY,
    "57": Reason.BUSY,
    "XX": Reason.DAMAGED,
}
_WHAT: Final = {
    Reason.FULL: "has no room left",
    Reason.READ_ONLY: "does not let this user in or write",
    Reason.DAMAGED: "is not prepared, or damaged",
    Reason.BUSY: "is not to be reached, or too busy",
    Reason.REFUSED: "refused a record",
    Reason.OTHER: "failed",
}
_WHILE_CONNECTING: Final = (
    ("authentication failed", Reason.READ_ONLY, "does not take this user and password"),
    ("no password supplied", Reason.READ_ONLY, "wants a password, and the passfile has none for it"),
    ("certificate", Reason.READ_ONLY, "has no certificate that is trusted for this name"),
    ("SSL error", Reason.READ_ONLY, "does not prove who it is"),
    ("does not support SSL", Reason.READ_ONLY, "offers no encryption"),
    ("pg_hba.conf", Reason.READ_ONLY, "lets nobody in from here (pg_hba.conf)"),
    ("does not exist", Reason.READ_ONLY, "knows no such database or user"),
    ("translate host name", Reason.BUSY, "has a name that cannot be looked up"),
    ("Connection refused", Reason.BUSY, "does not answer"),
    ("No such file", Reason.BUSY, "does not answer"),
    ("timeout", Reason.BUSY, "does not answer in time"),
)
"""What libpq says when no connection comes about. Nothing of a record has been told to anybody by then."""

RETRIED: Final = ("40001", "40P01")
"""The server undid a transaction because of another one, and asks for it again."""


class RegionFault(StoreFault):
    """The region's server failed, or cannot be reached; the sentence has the error's name and no value."""

    hint = "Look at the server, the network and the user's rights: docs/provider.md, A region on PostgreSQL."

    def __init__(self, reason: Reason, name: str, what: str = "") -> None:
        KioskError.__init__(self, f"The region's database {what or _WHAT[reason]} ({name}).")
        self.reason = reason
        self.retry = False
        """Whether the same once more may do."""


def fault_for(error: Error) -> RegionFault:
    """What to say of an error of the driver."""
    code = error.sqlstate
    if code is None:
        return _without_code(error)
    reason = _BY_CODE.get(code) or _BY_CLASS.get(code[:2], Reason.OTHER)
    fault = RegionFault(reason, type(error).__name__)
    fault.retry = code in RETRIED
    return fault


def _without_code(error: Error) -> RegionFault:
    """A connection that did not come about, or was lost: the server's own words are looked at and not repeated."""
    name = type(error).__name__
    for words, reason, what in _WHILE_CONNECTING:
        if words in str(error):
            return RegionFault(reason, name, what)
    return RegionFault(Reason.BUSY if name in ("OperationalError", "ConnectionTimeout") else Reason.OTHER, name)
