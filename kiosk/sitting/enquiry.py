"""What a visitor asks who was here before: number and words in memory, and news looked up in this very process.

Nothing goes out for a look-up but that there is one: the supervisor counts it. No clerk is started, nothing is written.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from kiosk.seal.phrase import phrase_check
from kiosk.terminal.control import LOOKING_UP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.news.edition import Edition, News
    from kiosk.news.keys import NewsKey
    from kiosk.terminal.control import Control

NEWS_FD: Final = 7
"""The descriptor of the station's editions, given by the supervisor."""
TRIES: Final = 3
"""Look-ups of one sitting."""
OLD_DAYS: Final = 45
"""Days after which an edition is old."""
_LOOKS, _LOOK_SECONDS = 150, 0.02


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What she typed. Whether it is right is known nowhere here."""

    number: int
    phrase: str

    @property
    def check(self) -> bytes:
        """The check of number and words, as her record has it."""
        return phrase_check(self.number, self.phrase)


class Refusal(Enum):
    """Why nothing was looked up, by the key of the words that say so."""

    TRIES = "news-tries"
    HOUR = "news-hour"


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What every provider's edition said, in one answer."""

    news: tuple[News, ...]
    old: bool
    """Whether a provider's edition is old, or missing."""


class Enquiry:
    """One sitting's look-ups."""

    def __init__(self, keys: Sequence[NewsKey], control: Control | None, editions: Callable[[], bytes]) -> None:
        self._keys = keys
        self._control = control
        self._editions = editions
        self._left = TRIES

    async def ask(self, claim: Claim) -> Told | Refusal:
        """Look up in every provider's edition. The same is done whatever there is: no answer is sooner than another."""
        if self._left == 0:
            return Refusal.TRIES
        if not await self._may():
            return Refusal.HOUR
        self._left -= 1
        return await asyncio.to_thread(self._look_up, claim)

    async def _may(self) -> bool:
        """Have the supervisor count it. Silence is a no."""
        line = self._control
        if line is None:
            return True
        line.may_look_up = None
        line.send(LOOKING_UP)
        for _ in range(_LOOKS):
            if line.may_look_up is not None:
                break
            await asyncio.sleep(_LOOK_SECONDS)
        return line.may_look_up is True

    def _look_up(self, claim: Claim) -> Told:
        try:
            return self._looked_up(claim)
        except Exception:  # whatever fails, memory among it, reads as no news: it is no answer of another kind
            return Told((), old=True)

    def _looked_up(self, claim: Claim) -> Told:
        from kiosk.news.opening import look_up

        untrusted = self._editions()
        editions = [(key, _edition(untrusted, key)) for key in self._keys]
        found = [look_up(edition, key.secret, claim.number, claim.check) for key, edition in editions]
        newest = [edition.day for _, edition in editions if edition is not None]
        old = len(newest) < max(len(self._keys), 1) or (date.today() - min(newest)).days > OLD_DAYS
        return Told(tuple(each for each in found if each is not None), old)


class PracticeEnquiry(Enquiry):
    """In practice nothing is looked up: the first question finds no news, later ones an offer; both pages are seen."""

    def __init__(self) -> None:
        super().__init__((), None, bytes)

    def _looked_up(self, claim: Claim) -> Told:
        from kiosk.news.edition import AGENCY_LENGTH, Code, News

        if self._left == TRIES - 1:
            return Told((), old=False)
        return Told((News(Code.OFFER, bytes(AGENCY_LENGTH), date.today() + timedelta(days=14)),), old=False)


def handed_in() -> bytes:
    """The editions that the supervisor opened; nothing where that fails."""
    from kiosk.news.taking import LONGEST_FILE

    try:
        return os.pread(NEWS_FD, min(os.fstat(NEWS_FD).st_size, LONGEST_FILE), 0)
    except OSError:
        return b""


def _edition(untrusted: bytes, key: NewsKey) -> Edition | None:
    """One provider's edition, verified; `None` for none, or one that cannot be."""
    from kiosk.news.edition import NotAnEdition, read, region_of
    from kiosk.news.taking import split

    try:
        ours = next((each for each in split(untrusted) if region_of(each) == key.region), None)
        return None if ours is None else read(ours, key)
    except NotAnEdition:
        return None
