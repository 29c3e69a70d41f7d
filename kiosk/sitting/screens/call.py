"""Calling a confidential advocate together (MO-24, MO-27, MO-30): numbers, who speaks, what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from kiosk.sitting.directory import confidential, service
from kiosk.sitting.screens.page import Page
from kiosk.sitting.visit import OUTCOMES
from schema.summary import ReferralOutcome
from widgets.choices import Choice, ChoiceList


class Call(Page):
    """Who can be called from here, nearest first; the last resort is always there (MO-23)."""

    def body(self) -> Iterable[Widget]:
        """List who plans in confidence, and ask what came of it."""
        words = self.words
        yield self.title_text(words("call-title"))
        yield self.paragraph(words("call-body"))
        for resource in confidential(self.app.pack, self.visit.county):
            shown = service(resource, words)
            yield self.paragraph(f"{shown.label}: {shown.phone}", "number-line")
            details = [shown.does]
            if resource.must_speak_with_survivor:
                details.append(words("hand-over"))
            if resource.intake_notes:
                details.append(words.of(resource.intake_notes))
            if shown.note:
                details.append(f"({shown.note})")
            yield self.paragraph(" ".join(details), "detail")
        given = self.visit.referral
        yield ChoiceList(
            [Choice(words(key)) for key, _ in OUTCOMES],
            chosen=next((index for index, (_, outcome) in enumerate(OUTCOMES) if outcome is given), None),
            id="first",
        )

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        self.visit.referral = ReferralOutcome.NOT_OFFERED if event.index is None else OUTCOMES[event.index][1]
