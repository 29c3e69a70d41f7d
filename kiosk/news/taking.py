"""The editions that a station has: the newest of each provider, in one file, which sittings get opened and unread."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from kiosk.errors import Refused
from kiosk.news.edition import LONGEST, MAGIC, Edition, NotAnEdition, read, region_of, serial_of
from kiosk.news.keys import NewsKey
from kiosk.vault.private_file import Missing, read_private, write_private

LONGEST_FILE: Final = 32 * 1024 * 1024
"""Bytes of all editions of a station together."""
_LENGTH: Final = 4
"""Bytes ahead of each edition that tell its length."""


class OlderEdition(Refused):
    """An edition that is older than the one here: an old stick, or somebody who would have old news told."""

    hint = "Nothing was changed. On the provider's machine: `kiosk news --out FILE`."


class UnknownProvider(Refused):
    """An edition of a provider whose news this station cannot look up."""

    hint = (
        "On the provider's machine: `kiosk region --again --station LABEL FILE`; here: `kiosk region --take FILE`. "
        "Nothing was changed."
    )


def is_edition(untrusted: bytes) -> bool:
    """Whether a file's beginning says that it is an edition."""
    return untrusted.startswith(MAGIC)


def split(untrusted: bytes) -> list[bytes]:
    """The editions of a station's file, none of them verified. Raises NotAnEdition."""
    found, at = [], 0
    while at < len(untrusted):
        size = int.from_bytes(untrusted[at : at + _LENGTH], "big")
        at += _LENGTH
        if not 0 < size <= min(LONGEST, len(untrusted) - at):
            raise NotAnEdition("news.editions is not whole.")
        found.append(untrusted[at : at + size])
        at += size
    return found


def take(path: Path, untrusted: bytes, keys: Collection[NewsKey]) -> Edition | None:
    """Keep an edition in the place of its provider's former one; `None` where this very one is here already.

    Raises NotAnEdition, UnknownProvider, OlderEdition or KioskError.
    """
    region = region_of(untrusted)
    key = next((each for each in keys if each.region == region), None)
    if key is None:
        raise UnknownProvider("The edition is of a provider whose news this station cannot look up.")
    coming = read(untrusted, key)
    kept = {region_of(each): each for each in _kept(path)}
    if region in kept:
        serial = serial_of(kept[region])  # verified when it was taken, perhaps by a key that is no longer in use
        if coming.serial < serial:
            raise OlderEdition("The edition is older than the one that this station has.")
        if coming.serial == serial:
            return None
    kept[region] = untrusted
    whole = b"".join(len(each).to_bytes(_LENGTH, "big") + each for _, each in sorted(kept.items()))
    write_private(path, whole, replace=True)
    return coming


def _kept(path: Path) -> list[bytes]:
    try:
        return split(read_private(path, longest=LONGEST_FILE))
    except Missing:
        return []
