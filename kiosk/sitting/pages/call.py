"""Calling a confidential advocate together (MO-24, MO-27, MO-30): numbers, who speaks, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.directory import to_call
from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page, Reply
from kiosk.sitting.visit import OUTCOMES
from schema.summary import ReferralOutcome

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Outcomes(Page):
    """A page that asks what came of the offer to call together (MO-30)."""

    clearable = True

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        given = self.visit.referral
        self.chosen = next((at for at, (_, outcome) in enumerate(OUTCOMES) if outcome is given), None)

    def offers(self) -> Sequence[Offer]:
        """Ask."""
        return [Offer(self.words(key), chosen=at == self.chosen) for at, (key, _) in enumerate(OUTCOMES)]

    def pick(self, index: int | None) -> Reply:
        """Note it by its code."""
        self.chosen = index
        self.visit.referral = ReferralOutcome.NOT_OFFERED if index is None else OUTCOMES[index][1]
        return None

    def numbers(self, hand_over: str) -> Iterable[Block]:
        """Yield who can be called from here, what fits first; the last resort is always there (MO-23)."""
        for number, details in to_call(self.visit, self.words, hand_over):
            yield Block(number, Kind.NUMBER)
            yield Block(details, Kind.DETAIL)


class Call(Outcomes):
    """Who can be called from here, and what came of it."""

    name = "call"

    def blocks(self) -> Iterable[Block]:
        """List who plans in confidence."""
        yield Block(self.words("call-title"), Kind.TITLE)
        yield Block(self.words("call-body"))
        yield from self.numbers("hand-over")
