"""Number and words to a tag and a key: the slow step that makes every guess cost time and memory."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kiosk.news.edition import ENTRY_LENGTH, HEAD, SALT_LENGTH, SEALED_LENGTH, TAG_LENGTH, Edition, News

MEMORY_KIB: Final = 64 * 1024
PASSES: Final = 3
LANES: Final = 1
KEY_LENGTH: Final = 32
NONCE: Final = bytes(12)
"""Every key is one edition's and one number's alone and seals once, so a nonce of zeros repeats nothing."""
_DUMMY: Final = bytes(ENTRY_LENGTH)
_NO_HEAD: Final = bytes(HEAD.size)


def slow_key(number: int, check: bytes, salt: bytes, secret: bytes) -> bytes:
    """32 bytes from number and phrase check (Argon2id, RFC 9106). About 0.5 s and 67 MB; others may run meanwhile."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt + secret, length=KEY_LENGTH, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return kdf.derive(number.to_bytes(4, "big") + check)


def tag_and_key(slow: bytes) -> tuple[bytes, bytes]:
    """An entry's tag, and the key of its inside (HKDF-SHA256, RFC 5869)."""
    return _expand(slow, b"tag")[:TAG_LENGTH], _expand(slow, b"body")


def _expand(slow: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=info).derive(slow)


def look_up(edition: Edition | None, secret: bytes, number: int, check: bytes) -> News | None:
    """What an edition tells whoever has this number and these words; `None` for nothing, whatever the reason.

    The same is done for a known number, an unknown one and wrong words, and where there is no edition at all: one slow
    key, one search, one attempt to open.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, head = (bytes(SALT_LENGTH), _NO_HEAD) if edition is None else (edition.salt, edition.head)
    tag, key = tag_and_key(slow_key(number, check, salt, secret))
    entry = _DUMMY if edition is None else _at_or_after(edition, tag)
    sealed = entry[-SEALED_LENGTH:]
    try:
        plain = AESGCM(key).decrypt(NONCE, sealed, head + tag)
    except InvalidTag:
        return None
    return News.unpack(plain)


def _at_or_after(edition: Edition, tag: bytes) -> bytes:
    """The entry of a tag. Where there is none, the next one: it belongs to somebody else, and does not open."""
    at = bisect_left(range(len(edition)), tag, key=lambda place: edition.entry(place)[:TAG_LENGTH])
    return edition.entry(at) if at < len(edition) else _DUMMY
