"""From answers to the summary that would be kept: codes only, and the words that show her each of them (P6)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date

from kiosk.seal.phrase import phrase_check
from kiosk.sitting.snapshot import Settings
from kiosk.sitting.visit import Visit
from kiosk.sitting.words import Words
from schema.agency import Agency
from schema.answers import DOES_NOT_KNOW, PREFERS_NOT
from schema.pack import Pack, Question
from schema.summary import AssessmentType, PlanMode, Summary

PHRASE_WORDS = 3
"""Words of a withdrawal phrase."""

MODE_WORDS = {
    PlanMode.NONE: "mode-none",
    PlanMode.SPOKEN: "mode-spoken",
    PlanMode.MEMORISED: "mode-memorised",
    PlanMode.PRINTED: "mode-printed",
}


def month(today: date | None = None) -> str:
    """Return this month as `YYYY-MM`; a record holds nothing finer."""
    return (today or date.today()).strftime("%Y-%m")


def release_until(months: int, today: date | None = None) -> str:
    """Return the last month of a release that begins now, as `YYYY-MM`."""
    today = today or date.today()
    last = today.year * 12 + today.month - 1 + months
    return f"{last // 12:04d}-{last % 12 + 1:02d}"


def new_phrase(pack: Pack, language: str) -> str:
    """Draw three words that let her ask for a withdrawal later."""
    words = pack.phrase_words.get(language) or next(iter(pack.phrase_words.values()))
    return " ".join(secrets.choice(words) for _ in range(PHRASE_WORDS))


def summary(visit: Visit, settings: Settings, profile_text: str, number: int, phrase: str) -> Summary:
    """Make the summary that is sealed under `number`. Victim services or general list: the same score (P9)."""
    from kiosk.priority.profile import load
    from kiosk.priority.score import score

    profile = load(profile_text.encode())
    factors = visit.factors()
    released = visit.release and visit.releases
    return Summary(
        month=month(),
        region=settings.region,
        agency=settings.agency,
        pack=visit.pack.id,
        instrument=settings.instrument,
        profile=profile.fingerprint,
        score=score(factors, profile).points,
        factors=factors,
        assessment_type=AssessmentType.IN_PERSON,
        pathway=visit.pathway,
        referral_outcome=visit.referral,
        release=released,
        release_expires=release_until(visit.pack.release.months) if released else None,
        plan_mode=visit.plan_mode,
        revisit=bool(visit.gentle),
        phrase_check=phrase_check(number, phrase),
    )


def answer_in_words(visit: Visit, question: Question, words: Words) -> str:
    """Return what she answered to a question, in words."""
    code = visit.given(question)
    labels = {choice.code: words.of(choice.label) for choice in question.choices}
    labels |= {DOES_NOT_KNOW: words("not-sure"), PREFERS_NOT: words("rather-not")}
    return words("not-answered") if code is None else labels[code]


def asked(visit: Visit) -> Iterator[Question]:
    """Yield each question that fills a factor and still makes sense, a factor once, in the pack's order."""
    filling = {question.fills: question.id for question in visit.filling()}
    for question in visit.pack.questions:
        if question.fills and visit.applies(question) and filling.get(question.fills, question.id) == question.id:
            yield question


def factor_in_words(question: Question, words: Words) -> str:
    """Return what the factor is called that a question fills."""
    return words(f"factor-{(question.fills or '').replace('_', '-')}")


def rest_in_words(
    visit: Visit, settings: Settings, words: Words, holder: Agency | None = None
) -> Iterator[tuple[str, str]]:
    """Yield what would be stored beside answers, list and release, as a label and its value in words (P6)."""
    yield words("record-plan"), words(MODE_WORDS[visit.plan_mode])
    yield words("record-referral"), words(f"referral-{visit.referral.name.lower().replace('_', '-')}")
    yield words("record-gentle"), words("yes" if visit.gentle else "no")
    yield words("record-month"), month_in_words(month(), words)
    yield words("record-agency"), settings.agency if holder is None else f"{words.of(holder.label)} ({holder.code})"
    yield words("record-region"), settings.region
    yield words("record-phrase"), words("record-phrase-how")


def month_in_words(written: str, words: Words) -> str:
    """A month as a record has it (`YYYY-MM`), the way a visitor says it."""
    return words(f"month-{written[5:]}", year=written[:4])
