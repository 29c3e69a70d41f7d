"""An edition (W1, W2): alike whatever is in it, whole or refused, and silent but for a number with its words."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign, signers_of
from kiosk.news import opening
from kiosk.news.edition import ENTRY_LENGTH, HEAD, LONGEST, Code, Edition, News, NotAnEdition, mark_of, read
from kiosk.news.keys import NewsKey
from kiosk.news.opening import look_up
from kiosk.news.writing import TooManyNews, next_serial, write
from kiosk.seal.phrase import phrase_check
from kiosk.vault.signatures import NEWS_EDITION, REMOVAL_LIST
from tests.made_up import PHRASE, SEEDS
from tests.unit.news.made_up_news import CALL, DAY, KEY, REGION, SECRET, an_edition, many, whose

NUMBER = 10_000_005
CHI_SQUARE_255 = 377.0
"""What 255 degrees of freedom exceed once in a million (NIST/SEMATECH e-Handbook, 1.3.6.7.4, by its approximation)."""


@cache
def hers() -> Edition:
    """An edition with news for one number."""
    return read(an_edition({whose(NUMBER): CALL}), KEY)


def told(edition: Edition | None, number: int = NUMBER, phrase: str = PHRASE, secret: bytes = SECRET) -> News | None:
    return look_up(edition, secret, number, phrase_check(number, phrase))


def test_editions_with_no_news_one_and_two_hundred_have_one_length() -> None:
    """W1: only beyond 256 the next power of two tells itself."""
    assert {len(an_edition(many(count))) for count in (0, 1, 200, 256)} == {HEAD.size + 256 * ENTRY_LENGTH + 64}
    assert len(an_edition(many(257))) == HEAD.size + 512 * ENTRY_LENGTH + 64


@pytest.mark.parametrize("count", [0, 1, 200])
def test_entries_look_random_however_many_are_used(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """W1: the bytes of what is found and of what is random fall into 256 boxes alike; used ones lie anywhere."""
    monkeypatch.setattr(os, "urandom", random.Random(20261201 + count).randbytes)
    entries = b"".join(read(an_edition(many(count), serial), KEY).entries for serial in range(8))
    expected = len(entries) / 256
    assert sum((entries.count(byte) - expected) ** 2 / expected for byte in range(256)) < CHI_SQUARE_255
    # the sort by tag shows in the first bytes of tags alone: what is sealed is even in every place
    for place in range(16, ENTRY_LENGTH):
        column = entries[place::ENTRY_LENGTH]
        boxes = [sum(each >> 4 == box for each in column) for box in range(16)]
        assert sum((box - len(column) / 16) ** 2 / (len(column) / 16) for box in boxes) < 60


def test_a_chi_square_sees_what_is_not_random() -> None:
    """The statistic above is no rubber stamp: news that were left open would stand out."""
    entries = CALL.pack() * (3 * 256)
    expected = len(entries) / 256
    assert sum((entries.count(byte) - expected) ** 2 / expected for byte in range(256)) > CHI_SQUARE_255


@given(st.integers(0, 8 * (HEAD.size + 256 * ENTRY_LENGTH + 64) - 1))
def test_a_bit_flipped_anywhere_is_refused(bit: int) -> None:
    altered = bytearray(ONE)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NotAnEdition):
        read(bytes(altered), KEY)


ONE = an_edition({})


@pytest.mark.parametrize("untrusted", [b"", b"KSNE", ONE[:-1], ONE + b"\0", ONE[:-64], ONE + ONE[-64:] * 2])
def test_what_is_cut_short_or_longer_is_refused(untrusted: bytes) -> None:
    with pytest.raises(NotAnEdition):
        read(untrusted, KEY)


def test_another_regions_or_providers_or_kind_of_file_is_refused() -> None:
    stranger = Seeds(bytes(32))
    with pytest.raises(NotAnEdition):
        read(ONE, NewsKey("MO-500", SECRET, KEY.signers))
    with pytest.raises(NotAnEdition):
        read(ONE, NewsKey(REGION, SECRET, signers_of(stranger)))
    with pytest.raises(NotAnEdition):
        read(write(REGION, 7, DAY, SECRET, {}, lambda body: sign(REMOVAL_LIST, body, SEEDS)), KEY)


def test_while_a_key_is_replaced_stations_of_either_key_read_it() -> None:
    both = Seeds(SEEDS.current, bytes(32))
    made = write(REGION, 7, DAY, SECRET, {}, lambda body: sign(NEWS_EDITION, body, both))
    for seeds in (SEEDS, Seeds(bytes(32))):
        assert read(made, NewsKey(REGION, SECRET, signers_of(seeds))).serial == 7


@given(st.dictionaries(st.integers(10_000_000, 99_999_999), st.sampled_from(Code), min_size=1, max_size=5))
def test_right_words_find_what_was_written(codes: dict[int, Code]) -> None:
    news = {whose(number): News(code, mark_of("HARBOR"), date(2026, 12, code)) for number, code in codes.items()}
    edition = read(an_edition(news), KEY)
    for number, code in codes.items():
        assert told(edition, number) == News(code, mark_of("HARBOR"), date(2026, 12, code))


@given(st.text(min_size=1).filter(lambda text: any(each.isalnum() for each in text)))
def test_wrong_words_find_nothing(phrase: str) -> None:
    """W2: the number alone, or with other words, gets what an unknown number gets."""
    if phrase_check(NUMBER, phrase) != phrase_check(NUMBER, PHRASE):
        assert told(hers(), phrase=phrase) is None
    assert told(hers()) == CALL


@given(st.integers(10_000_000, 99_999_999).filter(lambda number: number != NUMBER))
def test_another_number_with_her_words_finds_nothing(number: int) -> None:
    assert told(hers(), number) is None


def test_without_the_areas_secret_nothing_is_found() -> None:
    assert told(hers(), secret=bytes(32)) is None


def test_an_entry_moved_to_another_edition_does_not_open() -> None:
    """Head and tag are sealed with it: what a former edition told cannot be told once more under a new day."""
    later = read(an_edition({}, serial=8), KEY)
    assert told(Edition(REGION, 7, DAY, hers().head, hers().entries)) == CALL
    assert told(Edition(REGION, 8, DAY, later.head[:-16] + hers().salt, hers().entries)) is None


def test_each_answer_takes_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """W1: known, unknown, wrong words and no edition: one slow key and one attempt to open for each."""
    from cryptography.hazmat.primitives.ciphers import aead

    steps: list[str] = []
    slow, cipher = opening.slow_key, aead.AESGCM

    class Watched:
        def __init__(self, key: bytes) -> None:
            self.own = cipher(key)

        def decrypt(self, nonce: bytes, sealed: bytes, beside: bytes) -> bytes:
            steps.append(f"open {len(sealed)} beside {len(beside)}")
            return self.own.decrypt(nonce, sealed, beside)

    def watched(*given: bytes | int) -> bytes:
        steps.append("slow")
        return slow(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "slow_key", watched)
    monkeypatch.setattr(aead, "AESGCM", Watched)
    asked: list[tuple[Edition | None, int, str]] = [
        (hers(), NUMBER, PHRASE),
        (hers(), NUMBER, "other words here"),
        (hers(), NUMBER + 1, PHRASE),
        (None, NUMBER, PHRASE),
    ]
    taken = []
    for edition, number, phrase in asked:
        steps.clear()
        told(edition, number, phrase)
        taken.append(list(steps))
    assert taken == [["slow", "open 32 beside 64"]] * 4


def test_a_file_of_news_is_never_larger_than_a_station_reads() -> None:
    assert LONGEST < 4 * 1024 * 1024
    with pytest.raises(TooManyNews):
        write(REGION, 1, DAY, SECRET, dict.fromkeys(map(whose, range(10_000_000, 10_065_537)), CALL), lambda _: ())


def test_serials_rise_even_on_a_desk_that_came_back_from_a_backup() -> None:
    now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    minutes = 3_638_160
    assert next_serial(0, now) == minutes
    assert next_serial(minutes + 5, now) == minutes + 6


def test_what_is_no_news_inside_a_seal_is_none() -> None:
    assert News.unpack(CALL.pack()) == CALL
    assert News.unpack(b"\4" + CALL.pack()[1:]) is None
    assert News.unpack(CALL.pack()[:-1] + b"\1") is None
