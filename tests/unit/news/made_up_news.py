"""Made-up news for made-up people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk.desk.keys.signing import sign, signers_of
from kiosk.news.edition import Code, News, mark_of
from kiosk.news.keys import NewsKey
from kiosk.news.writing import Whose, write
from kiosk.seal.phrase import phrase_check
from kiosk.vault.signatures import NEWS_EDITION
from tests.made_up import PHRASE, SEEDS

REGION = "MO-606"
SECRET = bytes(range(100, 132))
KEY = NewsKey(REGION, SECRET, signers_of(SEEDS))
DAY = date(2026, 12, 1)
CALL = News(Code.OFFER, mark_of("HARBOR"), date(2026, 12, 15))


def whose(number: int, phrase: str = PHRASE) -> Whose:
    return Whose(number, phrase_check(number, phrase))


def an_edition(news: Mapping[Whose, News], serial: int = 7, region: str = REGION) -> bytes:
    return write(region, serial, DAY, SECRET, news, lambda body: sign(NEWS_EDITION, body, SEEDS))


def many(count: int) -> dict[Whose, News]:
    return {whose(10_000_000 + each): CALL for each in range(count)}
