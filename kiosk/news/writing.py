"""Writing an edition: one entry for each number that has news, and random ones beside them up to a power of two."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from kiosk.errors import Refused
from kiosk.news.edition import ENTRY_LENGTH, FORMAT, HEAD, LEAST_K, MAGIC, MOST_K, SALT_LENGTH, News, days
from kiosk.news.opening import NONCE, slow_key, tag_and_key

_YEAR_0: Final = datetime(2020, 1, 1, tzinfo=UTC)

Sign = Callable[[bytes], tuple[bytes, ...]]
"""Makes the signatures over head and entries."""


class TooManyNews(Refused):
    """More news than an edition has room for."""

    hint = "Take back what is no longer true: `kiosk news NUMBER --none`."


class Whose(NamedTuple):
    """Whom news are for: a number, and the check of the words that came with it first."""

    number: int
    check: bytes


def next_serial(last: int, now: datetime) -> int:
    """The greater of the last one and one, and the minutes since 2020: a desk that was restored goes on above."""
    return max(last + 1, int((now - _YEAR_0).total_seconds()) // 60)


def write(region: str, serial: int, day: date, secret: bytes, news: Mapping[Whose, News], sign: Sign) -> bytes:
    """A signed edition. Its length tells the next power of two alone, from 256 up. Raises TooManyNews.

    Each of the news costs a second of one core.
    """
    k = max(LEAST_K, (len(news) - 1).bit_length())
    if k > MOST_K:
        raise TooManyNews("There are more news than an edition has room for.")
    head = HEAD.pack(MAGIC, FORMAT, k, days(day), serial, region.encode("ascii"), os.urandom(SALT_LENGTH))
    salt = head[-SALT_LENGTH:]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        keys = pool.map(lambda whose: slow_key(whose.number, whose.check, salt, secret), news)
        entries = [_entry(head, each, key) for each, key in zip(news.values(), keys, strict=True)]
    entries += [os.urandom(ENTRY_LENGTH) for _ in range((1 << k) - len(entries))]
    body = head + b"".join(sorted(entries))
    return body + b"".join(sign(body))


def _entry(head: bytes, news: News, slow: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    tag, key = tag_and_key(slow)
    return tag + AESGCM(key).encrypt(NONCE, news.pack(), head + tag)
