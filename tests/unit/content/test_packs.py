"""The packs that come with the program: whole in both languages, safe on the home page, no requirement dropped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.content.banned_words import found, harm_words, languages
from kiosk.content.check import check
from kiosk.content.files import BUILT_IN
from kiosk.content.lint import lint
from kiosk.content.phrase_words import plain
from kiosk.content.snapshot import available
from kiosk.content.texts import texts
from schema.answers import FACTOR_CODES, NOT_A_VALUE
from schema.pack import NEEDS
from tests.kit import pack

PACKS = sorted(available())
SAME_IN_BOTH = {"No", "no", "Head Start", "Plan", "F9"}
"""Words that Spanish and English share."""

AMERICAN = {"times_homeless", "months_homeless", "veteran", "income_band", "unbroken_year", "homeless_before"}
"""Factors that mean something in the United States only."""

ABOUT_LEAVING = {"a-place-to-go", "if-i-leave", "tonight", "if-we-part", "planning-to-go", "after", "bag", "ready"}
"""Parts of a plan that are about going, or getting ready to."""

LONGEST_LABEL = 24
"""Letters that fit beside a field of a plan line."""


def test_there_are_packs() -> None:
    """Presence: five sources and practice come with the program."""
    assert set(PACKS) == {"practice", "us-mo", "us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire"}


@pytest.mark.parametrize("name", PACKS)
def test_no_faults(name: str) -> None:
    """Every built-in pack passes `kiosk pack check` on the day it was written."""
    faults = [*check(BUILT_IN / name).problems, *lint(pack(name), date(2026, 11, 22))]
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("name", PACKS)
def test_both_languages_are_whole(name: str) -> None:
    """Every text has English and Spanish words, and the Spanish is no copy of the English; in England it is English."""
    spoken = [language.code for language in pack(name).languages]
    assert spoken == (["en"] if name.startswith("gb-") else ["en", "es"])
    for where, field, text in texts(pack(name)):
        assert list(text) == spoken, (where, field)
        if name.startswith("gb-"):
            continue
        brand = where.endswith("-line") or where in ("two-one-one", "wic")
        same = text["en"] in SAME_IN_BOTH or text["en"].isdigit()
        assert text["en"] != text["es"] or same or brand, (where, text)


@pytest.mark.parametrize("name", PACKS)
def test_translations_await_review(name: str) -> None:
    """No language claims an advocate's review that nobody gave."""
    assert not any(language.reviewed for language in pack(name).languages)


@pytest.mark.parametrize("name", PACKS)
def test_every_question_that_a_kiosk_asks(name: str) -> None:
    """MO-02: five kinds of harm, each a yes or no; then every ranking factor once, in HUD's codes.

    A service in the United Kingdom has no use for what counts chronic homelessness, HUD's veterans or dollars.
    """
    harm = [question for question in pack(name).questions if question.part == "harm"]
    assert [question.id for question in harm] == [
        "harm-family",
        "harm-dating",
        "harm-sexual",
        "harm-stalking",
        "harm-trafficking",
    ]
    needs = [question for question in pack(name).questions if question.part == "need"]
    left_out = AMERICAN if name.startswith("gb-") else set()
    first = [question for question in needs if question.id != "own-home"]
    assert sorted(str(question.fills) for question in first) == sorted(set(NEEDS) - left_out)
    assert len(needs) == len(first) + (not name.startswith("gb-"))
    for question in needs:
        codes = {choice.code for choice in question.choices}
        offered = FACTOR_CODES[str(question.fills)] - NOT_A_VALUE
        assert codes == offered or question.fills == "living_situation"
    assert pack(name).questions[: len(harm)] == tuple(harm)


@pytest.mark.parametrize("name", PACKS)
def test_nobody_is_named_or_given_a_gender(name: str) -> None:
    """Packs assume no gender and no marriage: no "he" or "she", no "him" or "her" in English."""
    for where, _, text in texts(pack(name)):
        spoken = set(text["en"].lower().replace(".", " ").replace(",", " ").split())
        assert not spoken & {"he", "she", "him", "her", "his", "hers", "husband", "wife", "married"}, where


@pytest.mark.parametrize("name", PACKS)
def test_reporters_say_so_first(name: str) -> None:
    """MO-31, OR-15: a mandated reporter's notice promises no confidence and says what is reported."""
    pages = {page.id: page for page in pack(name).pages}
    notices = {policy.role: pages[policy.notice] for policy in pack(name).policies}
    for role in ("reporter", "social-worker"):
        assert "report" in str(notices[role].body[0]["en"] + notices[role].body[1]["en"] + notices[role].body[2]["en"])
        assert "What you say here is private" not in notices[role].title["en"]
    assert notices["advocate"].id != notices["reporter"].id


@pytest.mark.parametrize("name", PACKS)
def test_the_words_before_the_first_question(name: str) -> None:
    """MO-20, P12: everyone is asked, why, what becomes of answers, skipping, who hears; how to leave and its limits."""
    pages = {page.id: " ".join(paragraph["en"] for paragraph in page.body).lower() for page in pack(name).pages}
    for promise in ("everyone", "so that you can", "never kept", "skip any question", "who hears"):
        assert promise in pages["framing"], promise
    for limit in ("f12", "esc three times", "camera", "makes you show", "owner of this computer", "keep"):
        assert limit in pages["leaving"], limit
    for overclaim in ("secure delete", "no trace", "wiped", "completely safe"):
        assert overclaim not in pages["leaving"]
    for private in ("see this screen", "hear", "children", "someone with you"):
        assert private in pages["gate"], private


@pytest.mark.parametrize("name", PACKS)
def test_plan_cautions_come_first(name: str) -> None:
    """MO-42, OX-14, SC-11: leaving has its caution, a child's call too, and children's ideas open on a yes only."""
    sections = {section.id: section for section in pack(name).sections}
    assert sections["children"].ask_first is not None
    calls = [line for line in sections["children"].lines if found("child_call", "en", line.text["en"])]
    assert calls and all(line.caution for line in calls)
    leaving = [section for section in sections.values() if section.id in ABOUT_LEAVING]
    assert leaving and all(section.caution for section in leaving)


@pytest.mark.parametrize("name", PACKS)
def test_plan_has_what_the_program_fills(name: str) -> None:
    """MO-36: a masked code word, a hotline that fills itself, places and people as blanks."""
    blanks = [blank for section in pack(name).sections for line in section.lines for blank in line.blanks.items()]
    assert [key for key, blank in blanks if blank.masked] == ["word"]
    assert {key for key, blank in blanks if blank.fill == "hotline"} == {"hotline"}
    assert {"place", "person"} <= {key for key, _ in blanks}
    assert not [label for _, blank in blanks for label in blank.label.values() if len(label) > LONGEST_LABEL]


@pytest.mark.parametrize("name", PACKS)
def test_phrases_cannot_be_guessed(name: str) -> None:
    """2,000 words or more in each language, distinct without accents, none that alarms."""
    for code, words in pack(name).phrase_words.items():
        assert len({plain(word) for word in words}) == len(words) >= 2_000
        assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
        assert not [word for word in words if harm_words(code, word)]


def test_every_language_has_its_lists() -> None:
    """No language goes without the lists of words that are kept from a visitor."""
    assert {language.code for name in PACKS for language in pack(name).languages} <= languages()


def test_shared_files_are_used() -> None:
    """No shared file lies about that no pack includes."""
    named = "".join((BUILT_IN / name / "pack.toml").read_text(encoding="utf-8") for name in PACKS)
    tables = {"wording.toml", "requirements.toml"}
    files = {path.name for path in Path(BUILT_IN / "shared").glob("*.toml")}
    assert {name for name in files - tables if f'"shared/{name}"' not in named} == set()
