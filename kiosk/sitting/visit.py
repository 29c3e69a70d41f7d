"""What one visitor said, for as long as her sitting lives. It does not print, and nothing here is ever written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from schema.answers import DOES_NOT_KNOW, NOT_A_VALUE, NOT_COLLECTED, NUMBERS, PREFERS_NOT
from schema.pack import Card, Pack, Policy, Question
from schema.plan import Plan
from schema.summary import Factors, Pathway, PlanMode, ReferralOutcome

YES = 1
"""HUD's code for yes, which is what a question about harm is answered with."""

PATHWAYS: Final = {"external": Pathway.EXTERNAL, "hmis": Pathway.HMIS, "undecided": Pathway.UNDECIDED}
"""The ways of a crossroads that choose a list."""

OUTCOMES: Final = (
    ("called-now", ReferralOutcome.CALLED),
    ("call-later", ReferralOutcome.LATER),
    ("call-no", ReferralOutcome.DECLINED),
)
"""What may come of the offer to call together, with the word that says it."""

GOING_ON: Final = ("homeless_before", "unbroken_year", "children_band")
"""Factors whose questions go on from an answer: whoever did not give that is not asked further."""

TALK: Final = ("open", "affirm", "reflect", "summarise")
"""The four kinds of prompts of a motivational talk among the cards for staff (OR-13)."""


def codes(question: Question) -> tuple[int, ...]:
    """Return what a question can be answered with; not sure and rather not say are the last two of every one."""
    return (*(choice.code for choice in question.choices), DOES_NOT_KNOW, PREFERS_NOT)


def numbers(question: Question) -> tuple[int | None, ...]:
    """Return the least number that each answer stands for, where an answer is a number; else nothing."""
    meant = NUMBERS.get(question.fills or "")
    return tuple(meant.get(code) for code in codes(question)[: len(question.choices)]) if meant else ()


@dataclass(slots=True)
class Visit:
    """The state of one sitting's conversation."""

    pack: Pack = field(repr=False)
    role: str
    language: str
    harm: dict[str, int] = field(default_factory=dict, repr=False)
    """Answers about harm, by question. They choose a page, and are part of nothing that is stored (MO-09)."""
    needs: dict[str, int] = field(default_factory=dict, repr=False)
    """Codes of the ranking factors, by question."""
    said_later: bool = field(default=False, repr=False)
    """Whether she said it outside the questions, by "something changed" (MO-18)."""
    gentle: set[str] = field(default_factory=set, repr=False)
    """Questions that staff ticked "come back to this gently" (MO-21)."""
    pathway: Pathway = field(default=Pathway.UNDECIDED, repr=False)
    draft: Factors | None = field(default=None, repr=False)
    """What the general (HMIS) list would get; dropped as soon as she tells of harm (MO-03, MO-18)."""
    with_staff: bool = False
    """Whether she said that someone who works here is with her; without that no card for staff opens."""
    checked: set[tuple[str, int]] = field(default_factory=set, repr=False)
    """Lines that staff ticked on a card of their own (SC-14), by card and place. Kept nowhere."""
    plan: Plan = field(default_factory=Plan, repr=False)
    opens: str | None = None
    """The part of the plan that the way she took opens at once."""
    opened: dict[str, bool] = field(default_factory=dict, repr=False)
    """Plan sections that ask first (SC-11), and what was answered."""
    plan_mode: PlanMode = field(default=PlanMode.NONE, repr=False)
    referral: ReferralOutcome = field(default=ReferralOutcome.NOT_OFFERED, repr=False)
    """What came of the offer to call an advocate together."""
    list_again: bool = field(default=False, repr=False)
    """Whether the list that she chose was dropped, so that she is asked again before anything is kept."""
    release: bool = field(default=False, repr=False)
    kept: bool = False
    """Whether her answers are stored: from then on nothing that she changes here would change them."""
    entered: bool = False
    """Whether staff said that they entered her in the general list."""
    county: str | None = None
    """The county she looked at on the home page; never stored."""

    @property
    def policy(self) -> Policy:
        """What the role beside her may promise and write in this pack."""
        return next(each for each in self.pack.policies if each.role == self.role)

    @property
    def cards(self) -> list[Card]:
        """The cards for the staff beside her; none while nobody is."""
        return (
            [each for each in self.pack.staff if not each.roles or self.role in each.roles] if self.with_staff else []
        )

    @property
    def disclosed(self) -> bool:
        """Whether she told of harm, in a question or later."""
        return self.said_later or YES in self.harm.values()

    @property
    def releases(self) -> bool:
        """Whether a release is asked: the pack wants one, and she chose a list; not now is for coming back only."""
        return self.pack.release.required and self.pathway is not Pathway.UNDECIDED

    def answer(self, question: Question, code: int | None) -> None:
        """Take an answer; `None` takes it back. A yes about harm drops the draft of the HMIS list at once."""
        answers = self.harm if question.part == "harm" else self.needs
        if code is None:
            answers.pop(question.id, None)
        else:
            answers[question.id] = code
        if question.part == "harm" and code == YES:
            self.drop_draft()

    def given(self, question: Question) -> int | None:
        """Return the code a question was answered with; `None` for a question passed over."""
        return (self.harm if question.part == "harm" else self.needs).get(question.id)

    def say_later(self) -> None:
        """Take a disclosure at any stage (MO-18)."""
        self.said_later = True
        self.drop_draft()

    def choose(self, pathway: Pathway) -> None:
        """Take her choice of list. Only the general list has a draft; the score is the same on every one (P9)."""
        self.pathway = pathway
        self.list_again = False
        self.draft = self.factors() if pathway is Pathway.HMIS else None

    def drop_draft(self) -> None:
        """Forget what was bound for the HMIS list; she chooses again, knowing more."""
        self.draft = None
        if self.pathway is Pathway.HMIS:
            self.pathway = Pathway.UNDECIDED
            self.list_again = True

    def applies(self, question: Question) -> bool:
        """Whether a question still makes sense after the earlier answers; one that goes on from an answer needs it."""
        going_on = question.fills in GOING_ON or any(
            question.fills == other.fills and other.id in question.only_if for other in self.pack.questions
        )
        passed_over = () if going_on else (NOT_COLLECTED,)
        return all(
            self.needs.get(earlier, NOT_COLLECTED) in (*codes, *passed_over)
            for earlier, codes in question.only_if.items()
        )

    def factors(self) -> Factors:
        """The ranking factors as HUD codes; whatever was not answered, or no longer applies, is "not collected"."""
        return Factors(**{question.fills: self.needs[question.id] for question in self.filling() if question.fills})

    def filling(self) -> list[Question]:
        """The answered questions that fill a factor, each factor once: a finer answer stands for the one before it."""
        found: dict[str, Question] = {}
        for question in self.pack.questions:
            if question.fills and question.id in self.needs and self.applies(question):
                finer = self.needs[question.id] not in NOT_A_VALUE
                if finer or question.fills not in found:
                    found[question.fills] = question
        return list(found.values())
