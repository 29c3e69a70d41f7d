"""A clerk for tests: answers as it was told to, keeps nothing."""

from __future__ import annotations

import asyncio
from typing import Final

from kiosk.seal.sealed import SealedRecord
from kiosk.seal.wire import Answer
from kiosk.sitting.clerkline import ClerkSilent

NUMBERS: Final = [57240286, 31827456]
"""What it puts aside, one after the other."""


class Clerk:
    """Answers as it was told to, and remembers what it was sent."""

    def __init__(self, *answers: Answer | type[ClerkSilent]) -> None:
        self.answers = list(answers)
        self.sent: list[tuple[int, SealedRecord]] = []
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def number(self) -> int:
        self.asked += 1
        await self.gate.wait()
        return NUMBERS[0]

    async def keep(self, number: int, sealed: SealedRecord) -> Answer:
        self.sent.append((number, sealed))
        await self.gate.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, type):
            raise answer
        return answer
