"""An edition: one provider's news for all who left a number there, as a signed file of one shape (docs/news-format.md).

Whoever has the file alone learns its size. Without number and words together nothing in it can be found or read.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from kiosk.errors import Refused
from kiosk.news.keys import SECRET_LENGTH, NewsKey
from kiosk.vault.signatures import MOST, NEWS_EDITION, SIGNATURE_LENGTH, SIGNER_LENGTH, holds
from schema.summary import CODE_LENGTHS, is_code

MAGIC: Final = b"KSNE"
FORMAT: Final = 1
HEAD: Final = struct.Struct(">4sBBHQ16s16s")
"""magic, format, k, day, serial, region, salt."""
SALT_LENGTH: Final = 16
LEAST_K, MOST_K = 8, 16
"""An edition has 2 to the k entries: 256 to 65,536."""
TAG_LENGTH, SEALED_LENGTH = 16, 32
ENTRY_LENGTH: Final = TAG_LENGTH + SEALED_LENGTH
LONGEST: Final = HEAD.size + (ENTRY_LENGTH << MOST_K) + MOST * SIGNATURE_LENGTH
"""Bytes of the largest edition."""
AGENCY_LENGTH: Final = 4
_BODY: Final = struct.Struct(f">B{AGENCY_LENGTH}sH9s")
"""code, agency, day, zeros."""
_DAY_0: Final = date(1970, 1, 1)


class NotAnEdition(Refused):
    """A file that is no edition, not whole, another region's, or signed by nobody whom this station knows."""

    hint = "Nothing was changed. Ask the provider, by voice, whether this file is theirs."


class Code(IntEnum):
    """What there is to tell. Never more than this: the agency tells the rest, once she has said her words."""

    OFFER = 1
    """Call the agency: there is an offer."""
    QUESTION = 2
    """Call the agency: it wants to ask something."""
    RELEASE_ENDS = 3
    """The release ends on the day."""


@dataclass(frozen=True, slots=True, repr=False)
class News:
    """What one visitor is told."""

    code: Code
    agency: bytes
    """The first four bytes of the SHA-256 of the agency's code."""
    day: date
    """By when to call; for a release, its last day."""

    def pack(self) -> bytes:
        """The 16 bytes that are sealed."""
        return _BODY.pack(self.code, self.agency, days(self.day), bytes(9))

    @classmethod
    def unpack(cls, plain: bytes) -> News | None:
        """Read what `pack` laid out; `None` for anything else."""
        code, agency, day, rest = _BODY.unpack(plain)
        if code not in Code.__members__.values() or any(rest):
            return None
        return cls(Code(code), agency, day_of(day))


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that its provider signed."""

    region: str
    serial: int
    day: date
    """The day on which it was written."""
    head: bytes = field(repr=False)
    entries: bytes = field(repr=False)
    """Sorted by tag, 48 bytes each."""

    @property
    def salt(self) -> bytes:
        """16 bytes, new at every writing."""
        return self.head[-SALT_LENGTH:]

    def entry(self, at: int) -> bytes:
        """One entry by its place."""
        return self.entries[at * ENTRY_LENGTH : (at + 1) * ENTRY_LENGTH]

    def __len__(self) -> int:
        """How many entries there are, used or not."""
        return len(self.entries) // ENTRY_LENGTH


def possible(key: NewsKey) -> bool:
    """Whether a news key can be a provider's."""
    return (
        is_code(key.region, CODE_LENGTHS["region"])
        and len(key.secret) == SECRET_LENGTH
        and 1 <= len(key.signers) <= MOST
        and all(len(each) == SIGNER_LENGTH for each in key.signers)
    )


def mark_of(agency: str) -> bytes:
    """The four bytes that stand for an agency's code."""
    return hashlib.sha256(agency.encode()).digest()[:AGENCY_LENGTH]


def days(day: date) -> int:
    """Days since 1970, as two bytes hold them. Raises ValueError for a day before that, or after 2149."""
    count = (day - _DAY_0).days
    if not 0 <= count < 1 << 16:
        raise ValueError("day out of range")
    return count


def day_of(count: int) -> date:
    """The day again."""
    return _DAY_0 + timedelta(days=count)


def length_of(untrusted: bytes) -> int:
    """Bytes of head and entries, as an edition's head says. Raises NotAnEdition."""
    if len(untrusted) < HEAD.size:
        raise NotAnEdition("This is no edition of news.")
    magic, form, k, *_ = HEAD.unpack_from(untrusted)
    if (magic, form) != (MAGIC, FORMAT) or not LEAST_K <= k <= MOST_K:
        raise NotAnEdition("This is no edition of news, or one of a later version of kiosk.")
    return HEAD.size + (ENTRY_LENGTH << int(k))


def region_of(untrusted: bytes) -> str:
    """The region that an edition says it is of, before anything of it was verified. Raises NotAnEdition."""
    length_of(untrusted)
    raw: bytes = HEAD.unpack_from(untrusted)[5]
    try:
        region = raw.rstrip(b"\0").decode("ascii")
    except UnicodeDecodeError:
        region = ""
    if not is_code(region, CODE_LENGTHS["region"]):
        raise NotAnEdition("The edition's region cannot be right.")
    return region


def serial_of(untrusted: bytes) -> int:
    """The serial that an edition says it has. Raises NotAnEdition."""
    length_of(untrusted)
    return int(HEAD.unpack_from(untrusted)[4])


def read(untrusted: bytes, key: NewsKey) -> Edition:
    """Read an edition that one of the key's signers signed for its region. Raises NotAnEdition.

    It ends with one signature, or with two while the provider replaces its key.
    """
    size, region = length_of(untrusted), region_of(untrusted)
    body, rest = untrusted[:size], untrusted[size:]
    if region != key.region:
        raise NotAnEdition("The edition is of another region.")
    signatures = [rest[at : at + SIGNATURE_LENGTH] for at in range(0, len(rest), SIGNATURE_LENGTH)]
    if len(rest) not in range(SIGNATURE_LENGTH, MOST * SIGNATURE_LENGTH + 1, SIGNATURE_LENGTH) or not holds(
        NEWS_EDITION, body, signatures, key.signers
    ):
        raise NotAnEdition("The edition is not whole, or not signed by this region's provider.")
    _, _, _, day, serial, _, _ = HEAD.unpack_from(body)
    return Edition(region, serial, day_of(day), body[: HEAD.size], body[HEAD.size :])
