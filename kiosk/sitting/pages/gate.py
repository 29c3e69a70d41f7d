"""The privacy gate (MO-19): nothing is asked before she says that it is private enough here, and what she came for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.pages.elements import Block, Offer, Say
from kiosk.sitting.pages.page import Act, Page, Reply
from kiosk.sitting.transitions import DOORS

NOT_HERE = frozenset({"door-plan"})
"""Doors that are shut for a role which may make no plan (SC-01)."""


class Gate(Page):
    """Ask whether it is safe to go on here, and with what. Nothing is chosen yet, and nothing is passed over."""

    name = "gate"
    enter_goes_on = False
    private = False

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        return self.pack_page("gate")

    @property
    def doors(self) -> list[tuple[str, str]]:
        """The ways on that this role may offer, each by the key of its words, with where it leads."""
        shut = frozenset() if self.visit.policy.plan else NOT_HERE
        return [(word, goes) for word, goes in DOORS if goes not in shut]

    def offers(self) -> Sequence[Offer]:
        """Offer the doors; which of them was taken is not noted anywhere."""
        return [Offer(self.words(word), chosen=at == self.chosen) for at, (word, _) in enumerate(self.doors)]

    def acts(self) -> Iterable[Act]:
        """Let her say that somebody who works here is with her (OR-09)."""
        word = "gate-alone" if self.visit.with_staff else "gate-staff"
        yield Act("with-staff", self.with_staff, word, key="F5", hint="key-staff", numbered=True)

    def with_staff(self) -> Reply:
        """Note that staff are with her, or no more; only then do their cards open."""
        self.visit.with_staff = not self.visit.with_staff
        return Say(self.words("gate-staff-help" if self.visit.with_staff else "gate-alone-help"))

    def go_on(self) -> Reply:
        """Go through the door that she chose; where it is not private, back to the services, with nothing noted."""
        if self.chosen is None:
            return Say(self.words("gate-choose"))
        _, goes = self.doors[self.chosen]
        if goes == "home":
            self.visit.with_staff = False
        return goes
