"""What a slow reader reads from the home page to Keep with every question passed over: few words, few pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.sitting.visit import Visit
from kiosk.sitting.words import Words
from schema.pack import Pack, Text
from tests.kit import snapshot

AMERICAN = ("us-mo", "us-ca-county", "us-or-multnomah")

MOST_WORDS = 1100
"""Words from home to Keep; key bar, names of services and values on the review page are not counted."""

MOST_PAGES = 25
"""Pages from home to Keep."""

WORD = re.compile(r"[^\W_]+(?:['.,-][^\W_]+)*")

HOME = ("home-title", "home-where", "sorted-by-name", "call-first-all", "start")
GATE = ("gate-yes", "gate-staff", "gate-staff-help", "gate-no", "gate-no-help", "gate-before", "gate-before-help")
EVERY_QUESTION = ("not-sure", "rather-not")
RELEASE = ("release-yes", "release-no")
REVIEW = ("review-title", "review-body", "review-never", "review-window", "number-not-yet", "keep", "keep-nothing")
"""Words that the program adds to these pages, by key."""


def pages(pack: Pack, role: str) -> Iterator[tuple[str, list[Text]]]:
    """Each page of the way on which everything is passed over, with what it shows.

    The offer of a plan is not among them: whoever wants one finds it at the gate.
    """
    words = pack.words
    named = {page.id: page for page in pack.pages}
    forks = {fork.id: fork for fork in pack.crossroads}
    notice = next(policy for policy in pack.policies if policy.role == role).notice
    yield "home", [words[key] for key in HOME]
    for name in ("leaving", "gate", notice, "framing"):
        extra = {"leaving": ("try-leaving",), "gate": GATE}.get(name, ())
        yield name, [named[name].title, *named[name].body, *(words[key] for key in extra)]
    for question in filter(Visit(pack=pack, role=role, language="en").applies, pack.questions):
        shown = [question.text, *([question.help] if question.help else []), *(each.label for each in question.choices)]
        yield question.id, [*shown, *(words[key] for key in EVERY_QUESTION)]
    fork = forks["pathway"]
    yield "pathway", [fork.title, *fork.body, *(text for way in fork.ways for text in (way.label, way.help) if text)]
    yield "release", [named["release"].title, *named["release"].body, *(words[key] for key in RELEASE)]
    yield (
        "review",
        [
            *(words[key] for key in REVIEW),
            *(words[f"factor-{question.fills.replace('_', '-')}"] for question in pack.questions if question.fills),
            *(words[f"record-{name}"] for name in ("list", "plan", "referral", "gentle", "release", "month")),
        ],
    )


def counted(name: str, role: str, language: str, **settings: Any) -> dict[str, int]:
    """Words of each page of the way, by page, at a station of these settings."""
    here = snapshot(name=name, role=role, **settings).pack
    words = Words(here, language)
    return {page: sum(len(WORD.findall(words.of(text))) for text in shown) for page, shown in pages(here, role)}


@pytest.mark.parametrize("name", AMERICAN)
@pytest.mark.parametrize("role", ["advocate", "reporter", "staff"])
@pytest.mark.parametrize(
    "settings", [{"kept_by_advocates": True}, {"key_here": True, "agency_kind": None}, {}], ids=str
)
def test_a_slow_reader_has_time(name: str, role: str, settings: dict[str, Any]) -> None:
    """1,100 words at a hundred a minute, 25 pages at six seconds each: a quarter of an hour, whoever keeps the list."""
    way = counted(name, role, "en", **settings)
    assert sum(way.values()) <= MOST_WORDS, way
    assert len(way) <= MOST_PAGES
