"""What two people compare by voice: 120 bits of a digest as twelve plain words.

Each use has a label of its own, so that words for one thing never fit another. Shorter and longer forms of earlier
versions, in groups of four hexadecimal digits, stand on sheets of paper and in what an older version reads out: they
are still taken.
"""

from __future__ import annotations

import hashlib
from typing import Final

from kiosk.desk.keys.word_list import word_list
from kiosk.seal.record import Recipient

WORDS: Final = 12
_BITS: Final = 10
"""Bits of a word: one of the list's first 1,024."""
_KEY, _SIGNER = b"kiosk public key, spoken", b"kiosk signer, spoken"
_REGISTER, _NEWS = b"kiosk register, spoken", b"kiosk news key, spoken"


def of_key(public: Recipient) -> str:
    """A public key's fingerprint: twelve words."""
    return _words(_KEY, bytes((public.suite,)) + public.public)


def short_of_key(public: Recipient) -> str:
    """The same key's id of 64 bits, as sheets of earlier versions have it: to find a sheet by, not to trust."""
    return _groups(public.key_id)


def of_signer(signer: bytes) -> str:
    """What a station without a signed file compares, the first time: twelve words."""
    return _words(_SIGNER, signer)


def of_register(raw: bytes) -> str:
    """What goes with a register's file: twelve words."""
    return _words(_REGISTER, raw)


def of_news(raw: bytes) -> str:
    """What goes with a news key's file: twelve words."""
    return _words(_NEWS, raw)


def is_news(told: str, raw: bytes) -> bool:
    """Whether somebody read out the check of this news key."""
    return told.lower().split() == of_news(raw).split()


def is_key(told: str, public: Recipient) -> bool:
    """Whether somebody read out this key's fingerprint; its short id says too little."""
    return told.lower().split() == of_key(public).split()


def is_signer(told: str, signer: bytes) -> bool:
    """Whether somebody read out the check of this signer, in words or as earlier versions had it (128 bits)."""
    return _same(told, of_signer(signer), hashlib.sha256(b"kiosk provider signs" + signer).digest()[:16])


def is_register(told: str, raw: bytes) -> bool:
    """Whether somebody read out the check of this register, in words or as earlier versions had it (80 bits)."""
    return _same(told, of_register(raw), hashlib.sha256(b"kiosk register" + raw).digest()[:10])


def rows(words: str) -> tuple[str, str]:
    """Twelve words in two rows, for paper."""
    each = words.split()
    return " ".join(each[: WORDS // 2]), " ".join(each[WORDS // 2 :])


def _words(label: bytes, what: bytes) -> str:
    whole = int.from_bytes(hashlib.sha256(label + b"\0" + what).digest()[: WORDS * _BITS // 8], "big")
    places = range((WORDS - 1) * _BITS, -1, -_BITS)
    return " ".join(word_list()[whole >> shift & (1 << _BITS) - 1] for shift in places)


def _same(told: str, words: str, earlier: bytes) -> bool:
    spoken = told.lower().split()
    return spoken == words.split() or "".join(spoken) == earlier.hex()


def _groups(data: bytes) -> str:
    text = data.hex()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
