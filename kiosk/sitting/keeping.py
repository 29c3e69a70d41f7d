"""Keeping a summary: a number put aside, and on Keep, and only then, one sealed record (P8)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

from kiosk.seal.phrase import phrase_check
from kiosk.seal.wire import Clash, Failed, Kept, Reason
from kiosk.sitting.clerkline import ClerkLine, ClerkSilent
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.summarising import new_phrase, summary
from kiosk.sitting.visit import Visit
from kiosk.vault.numbers import draw_practice
from schema.later import Sealable, Withdrawal

CLASHES = 8
"""Numbers that may be taken meanwhile, one after the other, before the save is given up."""


class Result(Enum):
    """How a save ended, by the key of the words that say so."""

    KEPT = "kept-title"
    FULL = "failed-full"
    READ_ONLY = "failed-disk"
    DAMAGED = "failed-disk"
    BUSY = "failed-busy"
    OTHER = "failed-other"


class Keeper:
    """Holds the number that would be hers, and keeps her summary when she says so."""

    def __init__(self, snapshot: Snapshot, start_clerk: Callable[[], None], clerk: ClerkLine | None) -> None:
        self._snapshot = snapshot
        self._start_clerk = start_clerk
        self._clerk = clerk
        self._started = False
        self._one_at_a_time = asyncio.Lock()
        self.number: int | None = None
        """The number put aside, not yet hers."""
        self.phrase = ""
        """The withdrawal phrase, shown once after the record is kept."""
        self.kept = False
        """Whether the record is stored and was read back."""
        self.asked = False
        """Whether a request about an earlier record was passed on."""

    def outcome(self) -> str:
        """Return the key of the words that say, at the end, what was kept."""
        return "closing-kept" if self.kept else "closing-asked" if self.asked else "closing-nothing"

    async def put_aside(self) -> bool:
        """Have a number put aside in the clerk's memory. Says whether there is one."""
        async with self._one_at_a_time:
            if self.number is not None:
                return True
            if self._snapshot.settings.practice or self._clerk is None:
                self.number = draw_practice()
                return True
            self._begin()
            try:
                self.number = await self._clerk.number()
            except ClerkSilent:
                return False
            return True

    def _begin(self) -> None:
        """Have the clerk started, once."""
        if not self._started:
            self._started = True
            self._start_clerk()

    async def sheet(self) -> str | None:
        """Have a sheet entered in the paper ledger ahead of printing it (MO-11); `None` when that cannot be done."""
        async with self._one_at_a_time:
            if self._snapshot.settings.practice or self._clerk is None:
                return None
            self._begin()
            try:
                return await self._clerk.sheet()
            except ClerkSilent:
                return None

    async def sheet_number(self) -> int | None:
        """Have a number drawn for the foot of a sheet of services: nobody's, and the same on each copy."""
        async with self._one_at_a_time:
            if self._snapshot.settings.practice or self._clerk is None:
                return None
            self._begin()
            try:
                return await self._clerk.sheet_number()
            except ClerkSilent:
                return None

    async def entered(self) -> None:
        """Have it counted that staff entered her in the general list. A count that fails keeps nobody from anything."""
        async with self._one_at_a_time:
            if self._snapshot.settings.practice or self._clerk is None:
                return
            self._begin()
            with suppress(ClerkSilent):
                await self._clerk.entered()

    async def keep(self, visit: Visit) -> Result:
        """Seal the summary, have it committed and read back. In practice nothing is stored."""
        if not await self.put_aside():
            return Result.OTHER
        async with self._one_at_a_time:
            if self.kept:
                return Result.KEPT
            self.phrase = self.phrase or new_phrase(visit.pack, visit.language)
            if self._snapshot.settings.practice or self._clerk is None:
                self.kept = visit.kept = True
                return Result.KEPT
            return await self._keep(self._clerk, visit)

    async def ask(self, target: int, phrase: str) -> Result:
        """Seal a request to take back the record of `target`, and have it kept under a number of its own.

        Whether there is such a record is known to the desk alone: the same is done for every number. In practice
        nothing is stored.
        """
        if not await self.put_aside():
            return Result.OTHER
        async with self._one_at_a_time:
            if not self._snapshot.settings.practice and self._clerk is not None:
                made = Withdrawal(target, phrase_check(target, phrase), self._snapshot.settings.instrument)
                result = await self._seal(self._clerk, lambda _: made)
                if result is not Result.KEPT:
                    return result
                self.number = None
            self.asked = True
            return Result.KEPT

    async def _keep(self, clerk: ClerkLine, visit: Visit) -> Result:
        settings, profile, phrase = self._snapshot.settings, self._snapshot.profile, self.phrase
        result = await self._seal(clerk, lambda number: summary(visit, settings, profile, number, phrase))
        self.kept = visit.kept = result is Result.KEPT
        return result

    async def _seal(self, clerk: ClerkLine, make: Callable[[int], Sealable]) -> Result:
        """Seal what `make` gives for the number put aside and have it kept; for another one when that was taken."""
        from kiosk.seal.record import Recipient, seal

        recipients = [Recipient(suite, public) for suite, public in self._snapshot.public_keys]
        for _ in range(CLASHES):
            number = self.number
            assert number is not None
            try:
                answer = await clerk.keep(number, seal(make(number), number, recipients))
            except ClerkSilent:
                return Result.OTHER
            if isinstance(answer, Kept):
                return Result.KEPT
            if not isinstance(answer, Clash):
                return _why(answer)
            self.number = answer.number
        return Result.OTHER


def _why(answer: object) -> Result:
    """Name the reason that the clerk gave."""
    if isinstance(answer, Failed) and answer.reason is not Reason.REFUSED:
        return Result[answer.reason.name]
    return Result.OTHER
