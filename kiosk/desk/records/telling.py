"""News for those who stand on the list: noted here, and made into the edition that stations carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign
from kiosk.desk.records.live_list import LiveList
from kiosk.desk.records.news_ledger import NewsLedger, Told
from kiosk.desk.region import Region
from kiosk.news.edition import News, mark_of
from kiosk.news.writing import Whose, next_serial, write
from kiosk.paths import Place
from kiosk.vault.signatures import NEWS_EDITION


def forget_the_gone(ledger: NewsLedger, live_list: LiveList) -> int:
    """Drop news for numbers that no longer stand: taken back, removed, past their time. Returns how many there were.

    A record that was put aside may stand again, and its news with it.
    """
    gone = [number for number in ledger.told if number not in live_list.facts and number not in live_list.aside]
    for number in gone:
        del ledger.told[number]
    return len(gone)


def told_today(ledger: NewsLedger, live_list: LiveList, today: date) -> Mapping[int, Told]:
    """What an edition of `today` tells: news of those who stand, whose day is not past."""
    return {number: each for number, each in ledger.told.items() if each.day >= today and number in live_list.facts}


def edition(
    place: Place,
    seeds: Seeds,
    region: Region,
    told: Mapping[int, Told],
    live_list: LiveList,
    now: datetime | None = None,
) -> bytes:
    """A new edition, its serial noted in desk.toml before anybody sees it. Raises DealtElsewhere or TooManyNews."""
    region.must_deal()
    now = now or datetime.now(UTC)
    later = replace(region, editions=next_serial(region.editions, now))
    news = {
        Whose(number, live_list.check_of(number)): News(each.code, mark_of(each.agency), each.day)
        for number, each in told.items()
    }
    later.write(place.desk_toml, seeds.current)
    return write(
        region.code, later.editions, now.date(), region.news_secret, news, lambda body: sign(NEWS_EDITION, body, seeds)
    )
