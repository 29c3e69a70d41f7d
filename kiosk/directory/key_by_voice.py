"""A provider's public key enters the registry: from its file, once its fingerprint was read out by voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.directory.area import Provider
from kiosk.errors import Refused

if TYPE_CHECKING:
    from kiosk.seal.record import Recipient


class NotCompared(Refused):
    """What was read out is not the fingerprint of the file's key: somebody may have changed it on its way."""

    hint = "Call the provider at a number that you knew before, and have `kiosk keys show` read out there."


def with_key(provider: Provider, file: Path, check: str) -> Provider:
    """Return the provider with the key of `file` in the place of any other. Raises NotCompared or NotAPublicKey."""
    from kiosk.desk.keys import public_file, spoken_check

    public: Recipient = public_file.read(file)
    if not spoken_check.is_key(check, public):
        raise NotCompared("The key of the file has another fingerprint than was read out.")
    return replace(provider, keys=(public,))
