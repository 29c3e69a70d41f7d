"""Asking for news (W1, W2): one page for everybody, three times a sitting, and a failure reads as no news."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.desk.keys.signing import sign, signers_of
from kiosk.news import opening
from kiosk.news.edition import Code, News, mark_of
from kiosk.news.keys import NewsKey
from kiosk.news.writing import Whose, write
from kiosk.seal.phrase import phrase_check
from kiosk.sitting import enquiry
from kiosk.sitting.enquiry import Enquiry
from kiosk.sitting.steps import BEFORE
from kiosk.vault.numbers import draw, draw_practice
from kiosk.vault.signatures import NEWS_EDITION
from schema.agency import Agency
from tests.kit import snapshot
from tests.made_up import PHRASE, SEEDS
from tests.screens.line import stage as by_line
from tests.screens.sitting.stage import Seat, seat

HERS, OTHER = (draw(range(4096), bytes(32), lambda _: False) for _ in range(2))
KEY = NewsKey("MO-606", bytes(32), signers_of(SEEDS))
SECOND = NewsKey("MO-500", bytes(32), signers_of(SEEDS))
NONE = "No news here. It may be too early, or the number or a word is another one. You can ask the agency."


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MEMORY_KIB", 64)


def an_edition(code: Code | None = Code.OFFER, *, key: NewsKey = KEY, days: int = 0) -> bytes:
    """A station's file with one edition, `days` old, with news for HERS."""
    news = News(code, mark_of("HARBOR"), date(2027, 1, 15)) if code else None
    told = {Whose(HERS, phrase_check(HERS, PHRASE)): news} if news else {}
    day = date.today() - timedelta(days=days)
    raw = write(key.region, 7, day, key.secret, told, lambda body: sign(NEWS_EDITION, body, SEEDS))
    return len(raw).to_bytes(4, "big") + raw


def handed(at: Seat, editions: bytes, *keys: NewsKey) -> None:
    """Have the sitting hold a station's file."""
    at.app.sitting.enquiry = Enquiry(keys or (KEY,), None, lambda: editions)


async def ask(at: Seat, number: int | str, words: str = PHRASE) -> None:
    await at.type(str(number))
    await at.press("enter")
    await at.type(words)
    await at.press("enter", "enter", "1", "enter")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (Code.OFFER, "Please call the agency on your page by 15 January 2027. There is an offer for you."),
        (Code.QUESTION, "They have a question for you."),
        (Code.RELEASE_ENDS, "Your yes to share your answers ends on 15 January 2027."),
    ],
)
async def test_number_and_words_find_the_news(code: Code, said: str) -> None:
    async with seat(BEFORE) as at:
        handed(at, an_edition(code))
        await ask(at, HERS)
        await at.see(said)
        assert str(HERS)[3:6] not in at.text and "apple" not in at.text


async def test_an_agency_that_the_station_knows_is_named() -> None:
    agency = Agency("HARBOR", {"en": "Harbor House", "es": "Casa Harbor"}, "800-555-0100")
    async with seat(BEFORE, given=replace(snapshot(), agencies=(agency,))) as at:
        handed(at, an_edition(Code.QUESTION))
        await ask(at, HERS)
        await at.see("Please call Harbor House (800-555-0100) by 15 January 2027.")


async def test_every_answer_is_the_same_page_but_for_one_paragraph() -> None:
    """W1: news, an unknown number, wrong words, no edition, a forged one: all else stands as it stood."""
    rests = set()
    good = an_edition()
    forged = good[:-1] + bytes([good[-1] ^ 1])
    cases = [(good, HERS, PHRASE), (good, OTHER, PHRASE), (good, HERS, "blue pear milk")]
    for editions, number, words in [*cases, (b"", HERS, PHRASE), (forged, HERS, PHRASE)]:
        async with seat(BEFORE, size=(80, 60)) as at:
            handed(at, editions)
            await ask(at, number, words)
            news = (editions, number, words) == cases[0]
            await at.see("There is an offer" if news else NONE)
            blocks = at.app.screen.page.blocks()  # type: ignore[attr-defined]
            told = [each.text for each in blocks]
            assert at.page == "NewsPage" and (told[1] == NONE) != news
            rests.add((told[0], *told[3:]))
            assert bool(told[2]) == (editions != good)
    assert len(rests) == 1


async def test_every_provider_is_looked_up_and_both_may_answer() -> None:
    async with seat(BEFORE) as at:
        handed(at, an_edition(Code.OFFER) + an_edition(Code.QUESTION, key=SECOND), KEY, SECOND)
        await ask(at, HERS)
        await at.see("There is an offer for you. There is news.")
        assert "They have a question for you." in at.words


async def test_a_failure_reads_as_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*given: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(opening, "slow_key", none_left)
    async with seat(BEFORE) as at:
        at.app.sitting.enquiry = Enquiry((KEY,), None, bytes)
        await ask(at, HERS)
        await at.see(NONE)


async def test_in_practice_both_answers_are_seen() -> None:
    """Practice: made up, the first question without news, the second with; no file and no count is asked for."""
    async with seat(BEFORE, practice=True) as at:
        await ask(at, f"{draw_practice():08d}")
        await at.see(NONE)
        await at.press("enter", "1", "enter")
        await at.see("There is an offer for you.")
        assert "PRACTICE" in at.text and "No new file of news" not in at.words


async def test_an_old_edition_says_so() -> None:
    for days, old in ((45, False), (46, True)):
        async with seat(BEFORE) as at:
            handed(at, an_edition(days=days))
            await ask(at, HERS)
            await at.see("There is an offer for you.")
            assert ("No new file of news has come" in at.words) == old


async def test_three_tries_a_sitting() -> None:
    """A fourth one looks nothing up, right words or not."""
    async with seat(BEFORE) as at:
        handed(at, an_edition())
        await ask(at, HERS, "blue pear milk")
        for _ in range(2):
            await at.see(NONE)
            await at.press("enter", "1", "enter")
        await at.see(NONE)
        at.app.sitting.claim = enquiry.Claim(HERS, PHRASE)
        await at.press("enter", "1", "enter")
        await at.see("You have asked three times.")


async def test_when_the_hour_is_used_up_the_page_says_so() -> None:
    class Line:
        """A supervisor that says no, and what it was sent."""

        may_look_up: bool | None = None
        sent = b""

        def send(self, message: bytes) -> None:
            self.sent += message
            self.may_look_up = False

    line = Line()
    async with seat(BEFORE) as at:
        at.app.sitting.enquiry = Enquiry((KEY,), line, lambda: an_edition())  # type: ignore[arg-type]
        await ask(at, HERS)
        await at.see("Too many people have asked here in this hour.")
        assert line.sent == b"N"


async def test_the_answer_is_said_line_by_line_too_and_in_spanish() -> None:
    async with by_line.seat(BEFORE, given=snapshot(line=True, language="es")) as at:
        at.face.sitting.enquiry = Enquiry((KEY,), None, lambda: an_edition())
        await at.say("1", str(HERS), PHRASE, "1")
        for _ in range(200):  # a thread of its own looks up
            await asyncio.sleep(0.02)
            if "15 de enero" in at.text:
                break
        await at.see("a más tardar el 15 de enero de 2027")
