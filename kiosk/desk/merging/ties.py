"""Chance for HMIS rows: which of two equal people comes first is drawn once, and stays for every later list."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Final

from kiosk.desk.merging.faults import BadFile
from kiosk.desk.merging.sources import shown

SECRET_LENGTH: Final = 32
"""Bytes of a secret."""


def tie_break(secret: bytes = b"") -> Callable[[str], bytes]:
    """What chance says about a PersonalID, 16 bytes, the same in every run, so that nobody can draw until it suits.

    With a secret, nobody who lacks it can work out where among equals a person of HMIS stands.
    """

    begins = secret + b"kiosk hmis tie"

    def of(person: str) -> bytes:
        return blake2b(begins + person.encode(), digest_size=16).digest()

    return of


def secret_of(path: Path) -> bytes:
    """The secret in a file of this user's own (0600), made when it is missing. Raises BadFile or KioskError."""
    from kiosk.vault.private_file import Missing, read_private, write_private

    try:
        raw = read_private(path)
    except Missing:
        raw = secrets.token_hex(SECRET_LENGTH).encode() + b"\n"
        write_private(path, raw, replace=False)
    try:
        secret = bytes.fromhex(raw.decode().strip())
    except ValueError:
        secret = b""
    if len(secret) != SECRET_LENGTH:
        raise BadFile(f"{shown(path)} holds no secret for equal places.")
    return secret
