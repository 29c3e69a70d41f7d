"""What no field of the registry may hold: a street address, and a public key that nobody compared by voice."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"(?!(?:on|the|a|to|of|or|and|in|by|hours?|days?|times?)\b)(?:[a-z][a-z'.-]*|[0-9]+(?:st|nd|rd|th))"
_STREET: Final = (
    *("street", "st", "avenue", "ave", "av", "road", "rd", "drive", "dr", "lane", "ln", "boulevard", "blvd"),
    *("court", "ct", "highway", "hwy", "way", "parkway", "pkwy", "terrace", "circle", "cir"),
)
_ADDRESS: Final = re.compile(
    rf"\b[0-9]{{1,6}}[a-z]?\s+(?:{_WORD}\s+){{1,3}}(?:{'|'.join(_STREET)})\b"
    r"|\b(?:calle|avenida|camino)\s+(?:[\w.'-]+\s+){0,3}[0-9]{1,6}\b",
    re.IGNORECASE,
)
_KEY: Final = re.compile(
    r"-----BEGIN|\bssh-[a-z0-9]+ |\bage1[a-z0-9]{20,}|(?<![0-9a-f])[0-9a-f]{40,}|[A-Za-z0-9+/_-]{43,}={0,2}"
    r"|(?:[0-9a-f]{4}[ :-]){4,}[0-9a-f]{4}",
    re.IGNORECASE,
)
ADDRESS_COLUMNS: Final = frozenset({"address", "street", "location", "city", "zip", "zipcode", "postcode"})
KEY_COLUMNS: Final = frozenset({"key", "keys", "public_key", "public", "fingerprint"})


def refused(text: str) -> str:
    """Say what a text holds that may not stand there; nothing where it is fit."""
    if _ADDRESS.search(text):
        return "holds what looks like a street address"
    if _KEY.search(text):
        return "holds what looks like a public key"
    return ""
