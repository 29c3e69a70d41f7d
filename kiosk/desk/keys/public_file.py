"""A public key as a file, on its way to whoever shall seal to it; its fingerprint is compared by voice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError, Refused
from kiosk.seal.record import Recipient, RecipientFault, hpke_suite
from kiosk.vault.private_file import write_private

FORMAT: Final = 1
_LONGEST: Final = 16 * 1024
SUITES: Final = {"x25519": 1, "x-wing": 2}
"""The suites by the names that an operator types."""


class NotAPublicKey(Refused):
    """A file that holds no public key of a provider."""

    hint = "Ask for it again: `kiosk keys show --public FILE` writes it."


def suite_name(suite: int) -> str:
    """A suite as an operator calls it."""
    return next(name for name, each in SUITES.items() if each == suite)


def write(path: Path, public: Recipient) -> None:
    """Write the file, never over another. Raises AlreadyThere or KioskError."""
    table = {"kiosk public key": FORMAT, "suite": suite_name(public.suite), "public": public.public.hex()}
    write_private(path, json.dumps(table, indent=1).encode() + b"\n", replace=False)


def read(path: Path) -> Recipient:
    """Read the file. Raises NotAPublicKey or KioskError."""
    try:
        with path.open("rb") as file:
            untrusted = file.read(_LONGEST + 1)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be read ({error.strerror}).") from None
    try:
        table = json.loads(untrusted)
        if len(untrusted) > _LONGEST or table["kiosk public key"] != FORMAT:
            raise ValueError
        public = Recipient(SUITES[table["suite"]], bytes.fromhex(table["public"]))
        hpke_suite(public.suite).encrypt(b"", public.key, info=b"")  # a key that nothing can be sealed to
        return public
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RecipientFault):
        raise NotAPublicKey(f"{path.name} holds no public key of a provider.") from None
